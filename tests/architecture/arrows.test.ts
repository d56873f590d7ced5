import { describe, expect, it } from 'vitest'
import { isKnownRoom, wrongArrows } from './arrows.js'
import { cycles } from './cycles.js'
import { packageOf, shipped } from './source-tree.js'

const value = (specifier: string, target?: string) => ({ specifier, typeOnly: false, target })
const wrong = (path: string, specifier: string, target?: string) =>
  wrongArrows({ path, imports: [value(specifier, target)] }).length > 0

describe('the arrows', () => {
  it('http → core ← adapters; express, nest → http; service → use-cases → domain', () => {
    expect(shipped.flatMap(wrongArrows)).toEqual([])
  })

  it('know every room of core', () => {
    const unknown = shipped.filter(({ path }) => packageOf(path) === 'core' && !isKnownRoom(path))
    expect(unknown.map(({ path }) => path)).toEqual([])
  })

  it('see a domain that imports a use case, a port at run time, or the service', () => {
    const path = 'packages/core/src/domain/quota/index.ts'
    expect(wrong(path, '../../use-cases/x.js', 'packages/core/src/use-cases/x.ts')).toBe(true)
    expect(wrong(path, '../../ports/rows.js', 'packages/core/src/ports/rows.ts')).toBe(true)
    expect(wrong(path, '../task/index.js', 'packages/core/src/domain/task/index.ts')).toBe(false)
    const types = { specifier: '../../ports/rows.js', typeOnly: true, target: 'packages/core/src/ports/rows.ts' }
    expect(wrongArrows({ path, imports: [types] })).toEqual([])
  })

  it('see an adapter that imports another adapter, or core behind its public names', () => {
    const path = 'packages/adapters/src/storage/postgres/index.ts'
    expect(wrong(path, '../memory/index.js', 'packages/adapters/src/storage/memory/index.ts')).toBe(true)
    expect(wrong(path, '@mailwright/core/dist/domain')).toBe(true)
    expect(wrong(path, '@mailwright/http')).toBe(true)
    expect(wrong(path, '@mailwright/core')).toBe(false)
    const smtp = 'packages/adapters/src/transport/smtp/index.ts'
    expect(wrong(smtp, '../smtp-lane/session.js', 'packages/adapters/src/transport/smtp-lane/session.ts')).toBe(false)
  })

  it('see a binding that imports an adapter and a conformance suite that imports one', () => {
    expect(wrong('packages/express/src/index.ts', '@mailwright/adapters/storage/memory')).toBe(true)
    expect(wrong('packages/conformance/src/index.ts', '@mailwright/adapters/storage/memory')).toBe(true)
    expect(wrong('packages/nest/src/index.ts', '@mailwright/http')).toBe(false)
  })

  it('see a console that has anything of core but its types, and anything of http at all', () => {
    const path = 'packages/console/src/api/call.ts'
    expect(wrong(path, '@mailwright/core')).toBe(true)
    expect(wrong(path, '@mailwright/http')).toBe(true)
    const types = { specifier: '@mailwright/core', typeOnly: true, target: undefined }
    expect(wrongArrows({ path, imports: [types] })).toEqual([])
  })
})

describe('circular imports', () => {
  const graph = new Map(
    shipped.map(({ path, imports }) => [
      path,
      imports.flatMap(({ target, typeOnly }) => (typeOnly || target === undefined ? [] : [target])),
    ]),
  )

  it('do not exist at run time', () => {
    expect(cycles(graph)).toEqual([])
  })

  it('would be found', () => {
    const round = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ])
    expect(cycles(round)).toEqual([['b', 'c']])
  })
})
