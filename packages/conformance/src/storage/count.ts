import type { Change, Counter, Storage } from '@mailwright/core'
import { aCell, firstSeen, hour } from './builders.js'
import { applyOne, mustApply, race, type StorageCase } from './case.js'

const count = (counter: Counter, by: number, ...cells: readonly ReturnType<typeof aCell>[]): Change => ({
  type: 'count',
  shard: 0,
  items: [{ cells: cells.length > 0 ? cells : [aCell()], counter, by }],
})
const counted = async (storage: Storage, counter: Counter): Promise<readonly number[]> => {
  const tallies = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })
  return [...tallies].sort((a, b) => a.cell.bucket - b.cell.bucket).map(({ counts }) => counts[counter])
}

export const countCases: readonly StorageCase[] = [
  {
    id: 'storage/count/adds-in-every-cell-each-time',
    run: async ({ storage, expect }) => {
      const later = aCell({ bucket: aCell().bucket + hour })
      const both = count('refused', 3, aCell(), later)
      expect(await mustApply(storage, [both, count('refused', 1)])).toEqual([{ type: 'done' }, { type: 'done' }])
      await mustApply(storage, [both, { type: 'settle', shard: 0, items: [firstSeen('m', { cells: [later] })] }])
      expect([await counted(storage, 'refused'), await counted(storage, 'accepted')]).toEqual([
        [7, 6],
        [0, 1],
      ])
    },
  },
  {
    id: 'storage/count/under-a-guard-once',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [count('refused', 1)])
      const refused = await applyOne(storage, [count('refused', 1)], [{ type: 'holder', work: 'w', token: 't' }])
      expect(refused.applied).toBe(false)
      expect(await counted(storage, 'refused')).toEqual([1])
    },
  },
  {
    id: 'storage/count/raced-over-shards',
    run: async ({ storage, expect }) => {
      await race(32, (racer) =>
        applyOne(storage, [
          { type: 'count', shard: racer % 16, items: [{ cells: [aCell()], counter: 'refused', by: racer }] },
        ]),
      )
      expect(await counted(storage, 'refused')).toEqual([(31 * 32) / 2])
    },
  },
]
