import type { Change } from '@mailwright/core'
import { hour, t0 } from './builders.js'
import { applyOne, countApplied, mustApply, race, refusalOf, type StorageCase } from './case.js'

const slot = (by: 1 | -1, key = 'domains', limit = 10): Change => ({ type: 'slot', key, by, limit })
const take = (at: number, keys: readonly string[] = ['ann'], limit = 3): Change => ({
  type: 'window.take',
  keys,
  at,
  windowMs: hour,
  limit,
})

export const slotCases: readonly StorageCase[] = [
  {
    id: 'storage/slot/never-past-limit',
    run: async ({ storage, expect }) => {
      const results = await race(50, () => applyOne(storage, [slot(1)]))
      expect(countApplied(results)).toBe(10)
      const refused = await applyOne(storage, [slot(1)])
      expect(refused).toEqual({ applied: false, refusal: { type: 'slot-full', key: 'domains', limit: 10 } })
      expect(await refusalOf(storage, [slot(1, 'senders')])).toBe('applied')
    },
  },
  {
    id: 'storage/slot/given-back',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [slot(1, 'k', 1)])
      await mustApply(storage, [slot(-1, 'k', 1)])
      expect(await refusalOf(storage, [slot(1, 'k', 1)])).toBe('applied')
      expect(await refusalOf(storage, [slot(1, 'k', 1)])).toBe('slot-full')
      expect(await refusalOf(storage, [slot(1, 'k', 2)])).toBe('applied')
    },
  },
  {
    id: 'storage/slot/never-below-zero',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [slot(-1, 'k', 1)])
      await mustApply(storage, [slot(1, 'k', 1)])
      expect(await refusalOf(storage, [slot(1, 'k', 1)])).toBe('slot-full')
    },
  },
  {
    id: 'storage/window/sliding',
    run: async ({ storage, expect }) => {
      for (const at of [t0, t0 + 10, t0 + 20]) await mustApply(storage, [take(at)])
      const result = await applyOne(storage, [take(t0 + hour - 1)])
      expect(result).toEqual({ applied: false, refusal: { type: 'window-full', keys: ['ann'] } })
      expect(await refusalOf(storage, [take(t0 + hour)])).toBe('applied')
      expect(await refusalOf(storage, [take(t0 + hour + 9)])).toBe('window-full')
      expect(await refusalOf(storage, [take(t0 + hour + 10)])).toBe('applied')
    },
  },
  {
    id: 'storage/window/names-all-full-and-hits-none',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [take(t0, ['ann', 'bob'], 1)])
      const result = await applyOne(storage, [take(t0, ['cid', 'bob', 'ann'], 1)])
      const keys = result.applied || result.refusal.type !== 'window-full' ? [] : [...result.refusal.keys].sort()
      expect(keys).toEqual(['ann', 'bob'])
      expect(await refusalOf(storage, [take(t0, ['cid'], 1)])).toBe('applied')
    },
  },
  {
    id: 'storage/window/raced',
    run: async ({ storage, expect }) => {
      const results = await race(30, () => applyOne(storage, [take(t0, ['ann'], 10)]))
      expect(countApplied(results)).toBe(10)
    },
  },
]
