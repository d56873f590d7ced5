import type { Change, FollowUp, Json, Observation, Storage } from '@mailwright/core'
import { anEvent, aWork, firstSeen, seen } from './builders.js'
import { applyOne, claimOf, later, mustApply, race, type StorageCase } from './case.js'

const part = (item: number): FollowUp['parts'][number] => ({ item, part: { about: item } })
const followBy = (id: string, items: readonly number[], ref = {}): FollowUp => ({
  work: aWork({ id, ref }),
  parts: items.map(part),
})
const settle = (items: readonly Observation[], ...follow: readonly FollowUp[]): Change => ({
  type: 'settle',
  shard: 0,
  items,
  follow,
})
const refs = async (storage: Storage): Promise<Record<string, Json>> => {
  const works = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
  return Object.fromEntries(works.map((work) => [work.key, work.ref]))
}

export const followCases: readonly StorageCase[] = [
  {
    id: 'storage/follow/parts-of-winners-only',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [settle([firstSeen('b')])])
      const items = ['a', 'b', 'c'].map((id) => firstSeen(id))
      const outcomes = await mustApply(storage, [
        settle(
          items,
          followBy('w1', [2, 1, 0, 2], { to: 'x', parts: 'replaced' }),
          followBy('w2', [1]),
          followBy('w3', []),
        ),
      ])
      expect(outcomes).toEqual([{ type: 'bulk', lost: [1] }])
      expect(await refs(storage)).toEqual({ w1: { to: 'x', parts: [{ about: 2 }, { about: 0 }, { about: 2 }] } })
      const [work] = await storage.claim(claimOf())
      expect(work).toEqual({
        ...aWork({ id: 'w1', ref: { to: 'x', parts: [{ about: 2 }, { about: 0 }, { about: 2 }] } }),
        token: 'token-1',
        leaseUntil: later(60),
        startedThrough: 0,
        attempt: 1,
      })
    },
  },
  {
    id: 'storage/follow/repeated-flush-puts-nothing',
    run: async ({ storage, expect }) => {
      const flush = settle(
        [firstSeen('a', { event: anEvent({ message: 'a' }) }), firstSeen('b')],
        followBy('w1', [0, 1]),
      )
      await mustApply(storage, [flush])
      const [work] = await storage.claim(claimOf())
      await mustApply(storage, [{ type: 'work.finish', items: [{ id: work?.id ?? '', token: 'token-1' }] }])
      expect(await mustApply(storage, [flush])).toEqual([{ type: 'bulk', lost: [0, 1] }])
      expect(await refs(storage)).toEqual({})
    },
  },
  {
    id: 'storage/follow/rival-and-refusal',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'work.put', items: [aWork({ id: 'w1', ref: { first: true } })] }])
      await mustApply(storage, [settle([firstSeen('a')], followBy('w1', [0]))])
      const guard = { type: 'holder', work: 'w1', token: 'nobody' } as const
      const refused = await applyOne(storage, [settle([firstSeen('b')], followBy('w2', [0]))], [guard])
      expect(refused.applied).toBe(false)
      expect(await refs(storage)).toEqual({ w1: { first: true } })
    },
  },
  {
    id: 'storage/follow/each-part-in-one-work-though-raced',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [settle(['m0', 'm1'].map((id) => firstSeen(id)))])
      const ids = ['e0', 'e1', 'e2', 'e3', 'e4', 'e5']
      const events = ids.map((key, index) => {
        const message = `m${index % 2}`
        return seen({ message, event: anEvent({ key, message }), raw: 'opens' })
      })
      await race(8, (racer) => {
        const mine = events.slice(racer % 3, (racer % 3) + 4)
        const follow: FollowUp = {
          work: aWork({ id: `w${racer}` }),
          parts: mine.map((one, item) => ({ item, part: one.event?.key ?? '' })),
        }
        return applyOne(storage, [settle(mine, follow)])
      })
      const parts = Object.values(await refs(storage)).flatMap((ref) => (ref as { parts: readonly string[] }).parts)
      expect([...parts].sort()).toEqual(ids)
    },
  },
]
