import type { Change, NewWork } from '@mailwright/core'
import { aWork, t0 } from './builders.js'
import { claimOf, idsOf, later, mustApply, mustClaim, race, type StorageCase } from './case.js'

const put = (...items: readonly NewWork[]): Change => ({ type: 'work.put', items })

export const claimCases: readonly StorageCase[] = [
  {
    id: 'storage/claim/rank-order',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [
        put(
          aWork({ id: 'e', rank: 2, dueAt: t0 - 9 }),
          aWork({ id: 'd', rank: 1, dueAt: t0 }),
          aWork({ id: 'b', rank: 1, dueAt: t0 - 1, lane: 'lane-b' }),
          aWork({ id: 'a', rank: 1, dueAt: t0 - 1, kind: 'retry' }),
          aWork({ id: 'f', rank: 2.5, dueAt: 0 }),
          aWork({ id: 'late', rank: -1, dueAt: t0 + 1 }),
          aWork({ id: 'other', rank: -1, kind: 'sweep' }),
        ),
      ])
      const kinds = ['chunk', 'retry']
      expect(idsOf(await storage.claim(claimOf({ kinds, limit: 2 })))).toEqual(['a', 'b'])
      expect(idsOf(await storage.claim(claimOf({ kinds })))).toEqual(['d', 'e', 'f'])
      expect(idsOf(await storage.claim(claimOf({ kinds })))).toEqual([])
      expect(idsOf(await storage.claim(claimOf({ kinds, now: t0 + 1 })))).toEqual(['late'])
    },
  },
  {
    id: 'storage/claim/answers-the-leased-row',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put(aWork({ ref: { from: 0, to: 500 } }))])
      const work = await mustClaim(storage)
      const lease = { token: 'token-1', leaseUntil: later(60), startedThrough: 0, attempt: 1 }
      expect(work).toEqual({ ...aWork({ ref: { from: 0, to: 500 } }), ...lease })
      expect(await storage.read.works({ kind: 'chunk', parent: 'run-1' })).toEqual([work])
    },
  },
  {
    id: 'storage/claim/one-owner-until-lease-ends',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put(...Array.from({ length: 60 }, (_, index) => aWork({ id: `w${index}` })))])
      const claims = await race(50, (index) => storage.claim(claimOf({ token: `token-${index}`, limit: 3 })))
      const ids = claims.flatMap((claimed) => idsOf(claimed))
      expect(ids.length).toBe(60)
      expect(new Set(ids).size).toBe(60)
      expect(await storage.claim(claimOf({ now: later(60), token: 'late' }))).toEqual([])
    },
  },
  {
    id: 'storage/claim/takeover-after-margin',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put(aWork())])
      await mustClaim(storage)
      const renew = { type: 'work.advance', id: 'work-1', token: 'token-1', leaseUntil: later(90), watch: [] } as const
      await mustApply(storage, [{ ...renew, startedThrough: 250 }])
      expect(await storage.claim(claimOf({ now: later(95), expiredBefore: later(90) - 1 }))).toEqual([])
      const taken = await mustClaim(storage, { now: later(95), expiredBefore: later(90), token: 'token-2' })
      expect([taken.token, taken.startedThrough, taken.attempt]).toEqual(['token-2', 250, 2])
      expect(await storage.claim(claimOf({ now: later(100), token: 'token-3' }))).toEqual([])
    },
  },
  {
    id: 'storage/claim/given-back-before-it-ended',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put(aWork())])
      await mustClaim(storage)
      const item = { id: 'work-1', token: 'token-1', dueAt: later(10) }
      await mustApply(storage, [{ type: 'work.release', items: [item] }])
      expect(await storage.claim(claimOf({ now: later(9), token: 'token-2' }))).toEqual([])
      expect((await mustClaim(storage, { now: later(10), token: 'token-2' })).token).toBe('token-2')
    },
  },
  {
    id: 'storage/claim/clock-behind-waits',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put(aWork({ id: 'a', dueAt: later(10) }), aWork({ id: 'b', dueAt: later(11) }))])
      expect(idsOf(await storage.claim(claimOf({ now: later(20), limit: 1 })))).toEqual(['a'])
      expect(await storage.claim(claimOf({ now: later(10), token: 'behind' }))).toEqual([])
      expect(idsOf(await storage.claim(claimOf({ now: later(11), token: 'behind' })))).toEqual(['b'])
    },
  },
  {
    id: 'storage/claim/except-lanes',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [
        put(
          aWork({ id: 'a', lane: 'gmail', rank: 1 }),
          aWork({ id: 'b', lane: 'outlook', rank: 2 }),
          aWork({ id: 'c', lane: '', rank: 3 }),
          aWork({ id: 'd', lane: 'gmail', rank: 4 }),
        ),
      ])
      expect(idsOf(await storage.claim(claimOf({ exceptLanes: ['gmail', 'yahoo'] })))).toEqual(['b', 'c'])
      expect(idsOf(await storage.claim(claimOf({ exceptLanes: [''] })))).toEqual(['a', 'd'])
    },
  },
  {
    id: 'storage/claim/limit-and-nothing',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put(aWork({ id: 'a' }), aWork({ id: 'b' }))])
      expect(await storage.claim(claimOf({ kinds: [] }))).toEqual([])
      expect(await storage.claim(claimOf({ kinds: ['nothing'] }))).toEqual([])
      expect((await storage.claim(claimOf({ limit: 1 }))).length).toBe(1)
      expect((await storage.claim(claimOf({ limit: 1 }))).length).toBe(1)
    },
  },
]
