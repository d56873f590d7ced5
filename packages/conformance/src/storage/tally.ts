import { type CellKey, COUNTERS, type TallyFilter } from '@mailwright/core'
import { aCell, firstSeen, hour, t0 } from './builders.js'
import { applyOne, mustApply, race, type StorageCase } from './case.js'

const bucket = t0 - (t0 % hour)
const within = { cube: 'sender', account: 'acme', from: bucket, to: bucket + hour } as const

export const tallyCases: readonly StorageCase[] = [
  {
    id: 'storage/tally/shards-add-up',
    run: async ({ storage, expect }) => {
      const results = await race(48, (index) =>
        applyOne(storage, [{ type: 'settle', shard: index % 16, items: [firstSeen(`m${index}`), firstSeen('same')] }]),
      )
      expect(results.every((result) => result.applied)).toBe(true)
      const tallies = await storage.read.tallies(within)
      expect(tallies.map(({ cell }) => cell)).toEqual([aCell()])
      expect([tallies[0]?.counts.accepted, tallies[0]?.counts.delivered]).toEqual([49, 0])
      expect(Object.keys(tallies[0]?.counts ?? {}).length).toBe(COUNTERS.length)
    },
  },
  {
    id: 'storage/tally/filters',
    run: async ({ storage, expect }) => {
      const cells: readonly CellKey[] = [
        aCell({ task: 'a' }),
        aCell({ task: 'b', bucket: bucket + hour }),
        aCell({ task: 'c', domain: 'other.example' }),
        aCell({ task: 'd', account: 'beta' }),
        aCell({ task: 'e', cube: 'recipient', recipientDomain: 'example.org' }),
        aCell({ task: 'a', cube: 'run', bucket: 0 }),
        aCell({ task: '', template: 'none' }),
      ]
      await mustApply(storage, [{ type: 'settle', shard: 0, items: [firstSeen('m', { cells })] }])
      const found = async (filter: Partial<TallyFilter>) =>
        (await storage.read.tallies({ ...within, ...filter })).map(({ cell }) => cell.task).sort()
      expect(await found({})).toEqual(['', 'a', 'c'])
      expect(await found({ to: bucket + hour + 1 })).toEqual(['', 'a', 'b', 'c'])
      expect(await found({ from: bucket + 1, to: bucket + hour + 1 })).toEqual(['b'])
      expect(await found({ domains: ['other.example'] })).toEqual(['c'])
      expect(await found({ tasks: ['a'] })).toEqual(['a'])
      expect(await found({ tasks: [''] })).toEqual([''])
      expect(await found({ tasks: ['b'] })).toEqual([])
      expect(await found({ cube: 'recipient' })).toEqual(['e'])
      expect(await found({ cube: 'run', from: 0, to: 1, tasks: ['a'] })).toEqual(['a'])
    },
  },
]
