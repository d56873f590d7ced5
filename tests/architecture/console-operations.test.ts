import { readFileSync } from 'node:fs'
import { routes } from '@mailwright/http'
import { describe, expect, it } from 'vitest'
import { operations } from '../../packages/console/src/api/operations.js'
import { readSources } from './source-tree.js'

const apiOnly = JSON.parse(readFileSync('packages/console/api-only.json', 'utf8')) as Record<string, string>

/** By the name of the call in code, as OpenAPI has it. */
const served = new Map(
  routes
    .filter(({ verb }) => !['public', 'description', 'console'].includes(verb))
    .map(({ verb, method, path }) => [
      verb === 'operator' ? path.slice(1).replaceAll('/', '.') : verb,
      `${method} ${path}`,
    ]),
)

const pages = readSources('packages/console/src/pages', 'packages/console/src/components')
  .filter(({ path }) => !path.includes('.test.'))
  .map(({ text }) => text)
  .join('\n')

/** What is not among the operations cannot be called; its name may still be that of a page. */
const uses = (name: string): boolean =>
  name in operations && new RegExp(`['"]${name.replaceAll('.', '\\.')}['"]`).test(pages)

describe('the console', () => {
  it('calls operations by the method and path under which they are served', () => {
    for (const [name, place] of Object.entries(operations)) expect(place, name).toBe(served.get(name))
  })

  it.each([...served.keys()])('has a control for %s, or a reason why there is none', (name) => {
    expect(uses(name) || (apiOnly[name] ?? '').length > 20).toBe(true)
  })

  it('gives no reason for what it has, or for what is not served', () => {
    // What is not among its operations it cannot call, though a page may have the same name.
    const wrong = Object.keys(apiOnly).filter((name) => name in operations || !served.has(name))
    expect(wrong).toEqual([])
  })
})
