import type { Change } from '@mailwright/core'
import { aCell, aRecord, aWork, firstSeen } from './builders.js'
import { applyOne, claimOf, countApplied, idsOf, mustApply, race, type StorageCase } from './case.js'

const day = '2025-06-15'

export const raceCases: readonly StorageCase[] = [
  {
    id: 'storage/order/crossed-keys-never-deadlock',
    run: async ({ storage, expect }) => {
      const keys = ['a', 'b', 'c', 'd']
      const write = (round: number, order: readonly string[], writer: string): readonly Change[] => [
        { type: 'slot', key: order[0] ?? '', by: 1, limit: 1e6 },
        { type: 'slot', key: order[3] ?? '', by: 1, limit: 1e6 },
        ...order.map((scope): Change => ({ type: 'quota.take', scope, day, count: 1, ceiling: 1e6 })),
        { type: 'epoch.bump', keys: order },
        {
          type: 'settle',
          shard: 0,
          items: order.map((key) =>
            firstSeen(`${writer} ${round} ${key}`, { cells: order.map((domain) => aCell({ domain })) }),
          ),
        },
      ]
      const backwards = [...keys].reverse()
      for (let round = 0; round < 50; round += 1) {
        const results = await race(2, (index) =>
          applyOne(storage, index === 0 ? write(round, keys, 'x') : write(round, backwards, 'y')),
        )
        expect(countApplied(results)).toBe(2)
      }
      for (const scope of keys) expect((await storage.read.quota({ scope, day }))?.granted).toBe(100)
      expect(await storage.read.epochs(keys)).toEqual([100, 100, 100, 100])
      const tallies = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })
      expect(tallies.map(({ counts }) => counts.accepted)).toEqual([400, 400, 400, 400])
    },
  },
  {
    id: 'storage/order/crossed-bundles-never-deadlock',
    run: async ({ storage, expect }) => {
      const bump = (id: string) => ({ guards: [], changes: [{ type: 'epoch.bump', keys: [id] } as const] })
      for (let round = 0; round < 50; round += 1)
        await race(2, (index) => storage.apply(index === 0 ? [bump('a'), bump('b')] : [bump('b'), bump('a')]))
      expect(await storage.read.epochs(['a', 'b'])).toEqual([100, 100])
    },
  },
  {
    id: 'storage/order/same-message-settled-by-many',
    run: async ({ storage, expect }) => {
      const ids = ['m1', 'm2', 'm3', 'm4', 'm5']
      const results = await race(20, (index) => {
        const items = ids.map((id) => firstSeen(id, { facts: 0b11 | (index % 2 === 0 ? 0b1000 : 0b100) }))
        if (index % 3 === 0) items.reverse()
        return applyOne(storage, [{ type: 'settle', shard: index % 16, items }])
      })
      expect(countApplied(results)).toBe(20)
      const [tally] = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })
      const counts = tally?.counts
      expect([counts?.accepted, counts?.handedOver, counts?.delivered, counts?.deferred]).toEqual([5, 5, 5, 5])
    },
  },
  {
    id: 'storage/order/guarded-record-stays-till-commit',
    run: async ({ storage, expect }) => {
      for (let round = 0; round < 20; round += 1) {
        const id = `dom-${round}`
        const guard = { type: 'present', kind: 'domain', account: 'acme', id } as const
        await mustApply(storage, [{ type: 'record.put', record: aRecord({ id }), expect: 'absent' }])
        const sender = aRecord({ kind: 'sender', id: `snd-${round}`, parent: id })
        const hold = { type: 'hold', kind: 'domain', account: 'acme', ref: id, by: sender.id, on: true } as const
        const results = await race(2, (index) =>
          index === 0
            ? applyOne(storage, [{ type: 'record.put', record: sender, expect: 'absent' }, hold], [guard])
            : applyOne(storage, [{ ...guard, type: 'record.drop' }], [{ type: 'unheld', ref: id }]),
        )
        // A sender never stands on a domain that is gone.
        expect(countApplied(results)).toBe(1)
      }
    },
  },
  {
    id: 'storage/order/claims-race-with-puts-and-finishes',
    run: async ({ storage, expect }) => {
      const seen: string[] = []
      await race(40, async (index) => {
        if (index % 2 === 0) {
          const items = [0, 1, 2].map((n) => aWork({ id: `w-${index}-${n}` }))
          await mustApply(storage, [{ type: 'work.put', items }])
          return
        }
        const token = `token-${index}`
        const claimed = await storage.claim(claimOf({ token, limit: 4 }))
        seen.push(...idsOf(claimed))
        const items = claimed.map(({ id }) => ({ id, token }))
        const outcomes = await mustApply(storage, [{ type: 'work.finish', items }])
        expect(outcomes).toEqual([{ type: 'bulk', lost: [] }])
      })
      seen.push(...idsOf(await storage.claim(claimOf({ token: 'rest' }))))
      expect([seen.length, new Set(seen).size]).toEqual([60, 60])
    },
  },
]
