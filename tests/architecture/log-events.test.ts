import { readFileSync } from 'node:fs'
import { LOG_EVENTS, METRICS } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { shipped } from './source-tree.js'

const page = readFileSync('docs/operations.md', 'utf8')

/** What the sources of core and the adapters say to a logger. */
const said = new Set(
  shipped
    .filter(({ path }) => /^packages\/(core|adapters)\/src\//.test(path))
    .flatMap(({ text }) => [
      ...[...text.matchAll(/\.log\(\s*'\w+',\s*'([a-z-]+)'/g)].map(([, event]) => event ?? ''),
      ...[...text.matchAll(/event: '((?:dev|redirect)-[a-z]+)'/g)].map(([, event]) => event ?? ''),
    ]),
)

describe('T23: what is logged', () => {
  it('is the closed list of events, each of which is logged somewhere', () => {
    expect([...said].sort()).toEqual([...LOG_EVENTS].sort())
  })

  it('goes through the redaction also where a host gives its logger to an adapter or a command', () => {
    const outside = shipped.filter(({ path }) => /^packages\/(adapters|cli)\/src\//.test(path))
    const past = outside.filter(({ text }) => /logger\?\.log\(|\.logger\.log\(/.test(text)).map(({ path }) => path)
    expect(past).toEqual([])
    const roomOf = (path: string) => path.split('/').slice(0, 5).join('/')
    const given = outside.filter(({ text }) => /readonly logger\?: Logger/.test(text)).map(({ path }) => roomOf(path))
    const wrapped = outside.filter(({ text }) => /redactingLogger\(options\.logger\)/.test(text))
    expect(given.length).toBeGreaterThan(2)
    expect([...new Set(wrapped.map(({ path }) => roomOf(path)))].sort()).toEqual([...new Set(given)].sort())
  })

  it.each([...LOG_EVENTS])('is explained: %s', (event) => {
    expect(page).toContain(`\`${event}\``)
  })

  it.each(Object.values(METRICS).flatMap((group) => Object.keys(group)))('names the metric %s', (name) => {
    expect(page).toContain(`\`${name}\``)
  })
})
