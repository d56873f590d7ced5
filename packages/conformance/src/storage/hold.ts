import type { Change } from '@mailwright/core'
import { aRecord } from './builders.js'
import { applyOne, mustApply, refusalOf, type StorageCase } from './case.js'

const put = (id: string): Change => ({ type: 'record.put', record: aRecord({ id }), expect: 'absent' })
const hold = (by: string, on = true, ref = 'dom-1'): Change => ({
  type: 'hold',
  kind: 'domain',
  account: 'acme',
  ref,
  by,
  on,
})
const drop = (id: string): Change => ({ type: 'record.drop', kind: 'domain', account: 'acme', id })

export const holdCases: readonly StorageCase[] = [
  {
    id: 'storage/hold/unheld-names-holders',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put('dom-1')])
      for (const by of ['task-9', 'task-1', 'task-5']) await mustApply(storage, [hold(by)])
      const result = await applyOne(storage, [drop('dom-1')], [{ type: 'unheld', ref: 'dom-1' }])
      const by = ['task-9', 'task-1', 'task-5']
      expect(result).toEqual({ applied: false, refusal: { type: 'held', ref: 'dom-1', by } })
      expect(await storage.read.holds('dom-1')).toEqual(by)
      for (const name of by) await mustApply(storage, [hold(name, false)])
      expect(await refusalOf(storage, [drop('dom-1')], [{ type: 'unheld', ref: 'dom-1' }])).toBe('applied')
    },
  },
  {
    id: 'storage/hold/repeating-changes-nothing',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put('dom-1'), hold('task-1'), hold('task-1'), hold('task-2'), hold('task-1')])
      expect(await storage.read.holds('dom-1')).toEqual(['task-1', 'task-2'])
      await mustApply(storage, [hold('task-1', false), hold('task-1', false)])
      expect(await storage.read.holds('dom-1')).toEqual(['task-2'])
    },
  },
  {
    id: 'storage/hold/absent-refuses',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put('dom-1')])
      expect(await refusalOf(storage, [hold('task-1', true, 'dom-2')])).toBe('absent')
      const stranger: Change = { type: 'hold', kind: 'domain', account: 'beta', ref: 'dom-1', by: 'task-1', on: true }
      expect(await refusalOf(storage, [stranger])).toBe('absent')
      expect(await storage.read.holds('dom-1')).toEqual([])
    },
  },
  {
    id: 'storage/hold/drop-ends-own-holds',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put('dom-1'), put('task-1'), hold('task-1'), hold('task-2')])
      await mustApply(storage, [drop('task-1')])
      expect(await storage.read.holds('dom-1')).toEqual(['task-2'])
    },
  },
]
