import type { Change, RecordFilter } from '@mailwright/core'
import { aRecord } from './builders.js'
import { applyOne, countApplied, idsOf, mustApply, race, refusalOf, type StorageCase } from './case.js'

const put = (id: string, key?: string): Change => ({
  type: 'record.put',
  record: aRecord({ id }),
  expect: 'absent',
  ...(key === undefined ? {} : { keys: [{ scope: 'acme', key }] }),
})
const where = { kind: 'domain', account: 'acme', id: 'dom-1' }

export const recordCases: readonly StorageCase[] = [
  {
    id: 'storage/record/put-and-read',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put('dom-1')])
      expect(await storage.read.record(where)).toEqual({ ...aRecord(), version: 1 })
      const next = aRecord({ state: 'verified', name: 'n', parent: 'p', data: { a: [1, { b: null }] } })
      await mustApply(storage, [{ type: 'record.put', record: next, expect: 1 }])
      expect(await storage.read.record(where)).toEqual({ ...next, version: 2 })
      await mustApply(storage, [{ type: 'record.drop', ...where, expect: 2 }])
      expect(await storage.read.record(where)).toEqual(null)
    },
  },
  {
    id: 'storage/record/version-conflict-refuses',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put('dom-1')])
      const results = await race(20, (index) =>
        applyOne(storage, [{ type: 'record.put', record: aRecord({ name: `n${index}` }), expect: 1 }]),
      )
      expect(countApplied(results)).toBe(1)
      expect((await storage.read.record(where))?.version).toBe(2)
      expect(await refusalOf(storage, [{ type: 'record.put', record: aRecord(), expect: 1 }])).toBe('version')
      expect(await refusalOf(storage, [{ type: 'record.drop', ...where, expect: 1 }])).toBe('version')
      expect(await refusalOf(storage, [], [{ type: 'present', ...where, version: 1 }])).toBe('version')
      expect(await refusalOf(storage, [], [{ type: 'present', ...where, version: 2 }])).toBe('applied')
      expect(await refusalOf(storage, [], [{ type: 'present', ...where, version: 1, fleeting: true }])).toBe('version')
      expect(await refusalOf(storage, [], [{ type: 'present', ...where, version: 2, fleeting: true }])).toBe('applied')
      expect(await refusalOf(storage, [put('dom-1')])).toBe('version')
    },
  },
  {
    id: 'storage/record/absent-refuses',
    run: async ({ storage, expect }) => {
      expect(await refusalOf(storage, [{ type: 'record.put', record: aRecord(), expect: 1 }])).toBe('absent')
      expect(await refusalOf(storage, [{ type: 'record.drop', ...where }])).toBe('absent')
      expect(await refusalOf(storage, [], [{ type: 'present', ...where }])).toBe('absent')
      expect(await refusalOf(storage, [], [{ type: 'present', ...where, fleeting: true }])).toBe('absent')
    },
  },
  {
    id: 'storage/record/unique-key-in-scope',
    run: async ({ storage, expect }) => {
      const results = await race(50, (index) => applyOne(storage, [put(`dom-${index}`, 'shop')]))
      expect(countApplied(results)).toBe(1)
      const owner = await storage.read.recordByKey({ scope: 'acme', key: 'shop' })
      expect(results.findIndex((result) => result.applied)).toBe(Number(owner?.id.slice(4)))
      const rival = await applyOne(storage, [put('rival', 'shop')])
      expect(rival).toEqual({ applied: false, refusal: { type: 'key-taken', scope: 'acme', key: 'shop' } })
      const elsewhere = { type: 'record.put', record: aRecord({ id: 'elsewhere' }), expect: 'absent' } as const
      expect(await refusalOf(storage, [{ ...elsewhere, keys: [{ scope: 'other', key: 'shop' }] }])).toBe('applied')
    },
  },
  {
    id: 'storage/record/keys-are-replaced-and-freed',
    run: async ({ storage, expect }) => {
      const key = (name: string) => storage.read.recordByKey({ scope: 'acme', key: name })
      await mustApply(storage, [put('dom-1', 'old')])
      await mustApply(storage, [{ type: 'record.put', record: aRecord(), expect: 1 }])
      expect((await key('old'))?.version).toBe(2)
      const renamed = { type: 'record.put', record: aRecord(), expect: 2 } as const
      await mustApply(storage, [{ ...renamed, keys: [{ scope: 'acme', key: 'new' }] }])
      expect(await key('old')).toEqual(null)
      expect((await key('new'))?.id).toBe('dom-1')
      await mustApply(storage, [put('dom-2', 'old')])
      await mustApply(storage, [{ type: 'record.drop', ...where }])
      expect(await key('new')).toEqual(null)
      await mustApply(storage, [put('dom-3', 'new')])
    },
  },
  {
    id: 'storage/record/filters',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [
        { type: 'record.put', record: aRecord({ id: 'a', parent: 'p', name: 'n', state: 's' }), expect: 'absent' },
        { type: 'record.put', record: aRecord({ id: 'b', parent: 'p', state: 't' }), expect: 'absent' },
        { type: 'record.put', record: aRecord({ id: 'c', name: 'n', account: 'beta' }), expect: 'absent' },
        { type: 'record.put', record: aRecord({ id: 'd', kind: 'task' }), expect: 'absent' },
      ])
      const found = async (filter: Partial<RecordFilter>) =>
        idsOf((await storage.read.records({ kind: 'domain', order: 'oldest', limit: 10, ...filter })).items)
      expect(await found({})).toEqual(['a', 'b', 'c'])
      expect(await found({ account: 'acme' })).toEqual(['a', 'b'])
      expect(await found({ parent: 'p' })).toEqual(['a', 'b'])
      expect(await found({ parent: '' })).toEqual(['c'])
      expect(await found({ name: 'n' })).toEqual(['a', 'c'])
      expect(await found({ name: 'n', account: 'beta' })).toEqual(['c'])
      expect(await found({ states: ['s', 't'] })).toEqual(['a', 'b'])
      expect(await found({ states: [] })).toEqual([])
      expect(await found({ parent: 'p', states: ['t'] })).toEqual(['b'])
      await mustApply(storage, [{ type: 'record.put', record: aRecord({ id: 'a', parent: 'q' }), expect: 1 }])
      expect(await found({ parent: 'p' })).toEqual(['b'])
      expect(await found({ parent: 'q' })).toEqual(['a'])
    },
  },
]
