import type { Change } from '@mailwright/core'
import { applyOne, countApplied, mustApply, race, refusalOf, type StorageCase } from './case.js'

const where = { scope: 'mail.shop.example', day: '2025-06-15' }
const take = (count: number, ceiling = 500): Change => ({ type: 'quota.take', ...where, count, ceiling })
const raise = (to: number): Change => ({ type: 'quota.raise', ...where, to })
const block: Change = { type: 'quota.block', ...where }

export const quotaCases: readonly StorageCase[] = [
  {
    id: 'storage/quota/never-over-grants',
    run: async ({ storage, expect }) => {
      const results = await race(50, () => applyOne(storage, [take(30)]))
      expect(countApplied(results)).toBe(16)
      expect(await storage.read.quota(where)).toEqual({ ...where, granted: 480, ceiling: 500, blocked: false })
      const refused = await applyOne(storage, [take(21)])
      const refusal = { type: 'quota', ...where, granted: 480, ceiling: 500, blocked: false }
      expect(refused).toEqual({ applied: false, refusal })
      expect(await refusalOf(storage, [take(20)])).toBe('applied')
    },
  },
  {
    id: 'storage/quota/days-and-scopes-apart',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [take(500)])
      await mustApply(storage, [{ type: 'quota.take', ...where, day: '2025-06-16', count: 500, ceiling: 500 }])
      await mustApply(storage, [{ type: 'quota.take', ...where, scope: 'other', count: 7, ceiling: 7 }])
      expect((await storage.read.quota(where))?.granted).toBe(500)
      expect(await storage.read.quota({ ...where, day: '2025-06-17' })).toEqual(null)
    },
  },
  {
    id: 'storage/quota/open-day-keeps-ceiling',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [take(1, 10)])
      expect(await refusalOf(storage, [take(10, 1000)])).toBe('quota')
      expect(await refusalOf(storage, [take(9, 0)])).toBe('applied')
    },
  },
  {
    id: 'storage/quota/refusal-opens-no-day',
    run: async ({ storage, expect }) => {
      expect(await refusalOf(storage, [take(11, 10)])).toBe('quota')
      expect(await storage.read.quota(where)).toEqual(null)
    },
  },
  {
    id: 'storage/quota/return',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [take(500)])
      await mustApply(storage, [{ type: 'quota.return', ...where, count: 40 }])
      expect((await storage.read.quota(where))?.granted).toBe(460)
      expect(await refusalOf(storage, [take(41)])).toBe('quota')
      expect(await refusalOf(storage, [take(40)])).toBe('applied')
    },
  },
  {
    id: 'storage/quota/return-never-below-zero',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'quota.return', ...where, count: 1 }])
      await mustApply(storage, [take(5)])
      await mustApply(storage, [{ type: 'quota.return', ...where, count: 6 }])
      expect((await storage.read.quota(where))?.granted).toBe(0)
    },
  },
  {
    id: 'storage/quota/raise-only-up',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [raise(1000)])
      await mustApply(storage, [take(600)])
      await mustApply(storage, [raise(700)])
      expect(await storage.read.quota(where)).toEqual({ ...where, granted: 600, ceiling: 1000, blocked: false })
    },
  },
  {
    id: 'storage/quota/block-stops-takes',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [take(10)])
      await mustApply(storage, [block])
      const refusal = { type: 'quota', ...where, granted: 10, ceiling: 500, blocked: true }
      expect(await applyOne(storage, [take(1)])).toEqual({ applied: false, refusal })
      await mustApply(storage, [raise(2000), { type: 'quota.return', ...where, count: 4 }])
      expect(await refusalOf(storage, [take(1)])).toBe('quota')
      expect(await storage.read.quota(where)).toEqual({ ...where, granted: 6, ceiling: 2000, blocked: true })
    },
  },
  {
    id: 'storage/quota/block-opens-the-day',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [block])
      expect(await storage.read.quota(where)).toEqual({ ...where, granted: 0, ceiling: 0, blocked: true })
      expect(await refusalOf(storage, [take(1)])).toBe('quota')
    },
  },
]
