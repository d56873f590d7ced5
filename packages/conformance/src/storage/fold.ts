import { type CellKey, COUNTERS, type DimensionFilter, type Storage, type TallyFilter } from '@mailwright/core'
import { aCell, aMessage, bit, firstSeen, hour, seen } from './builders.js'
import { applyOne, mustApply, race, type StorageCase } from './case.js'

/*
 * Folding is an adapter's own affair: it may add up shards, days, weeks. Whatever it does, no answer changes. So the same questions are asked
 * before, between and after, over ranges that begin and end within an hour, a day, a week and a month.
 */
const day = 24 * hour
const start = 20_000 * day

const cellsOf = (n: number): readonly CellKey[] => {
  const bucket = start + n * 5 * hour
  const named = {
    bucket,
    domain: `${n % 2}.example`,
    template: `tpl-${n % 3}`,
    task: n % 4 === 0 ? '' : `task-${n % 5}`,
  }
  return [aCell(named), aCell({ ...named, cube: 'recipient', recipientDomain: `r${n % 7}.example` })]
}
const mailsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => first + at).map((n) => {
    const [id, cells] = [`m${n}`, cellsOf(n)]
    return firstSeen(id, { insert: aMessage({ id, bucket: cells[0]?.bucket ?? 0 }), cells })
  })
const opened = (n: number) => seen({ message: `m${n}`, facts: bit('opened'), cells: cellsOf(n) })
const fill = async (storage: Storage): Promise<void> => {
  for (let shard = 0; shard < 4; shard += 1)
    await mustApply(storage, [{ type: 'settle', shard, items: mailsFrom(shard * 60, 60) }])
  // Each cell again, by another shard.
  for (let shard = 0; shard < 4; shard += 1)
    await mustApply(storage, [
      { type: 'settle', shard, items: [...Array(240).keys()].filter((n) => n % 4 === shard).map(opened) },
    ])
}

const questions: readonly Omit<DimensionFilter, 'account'>[] = [
  { by: [] },
  { by: ['domain'] },
  { by: ['recipientDomain'], domains: ['1.example'] },
  { by: ['template'], tasks: ['task-1', ''] },
  { by: ['task'] },
  { by: ['bucket'], edges: [start, start + 3 * day, start + 10 * day + hour] },
  { by: ['bucket', 'domain'], templates: ['tpl-2'] },
  { by: ['domain'], recipientDomains: ['r1.example', 'r3.example'] },
  {},
]
const ranges = [
  [start, start + 50 * day],
  [start + hour, start + 50 * day - 1],
  [start + 3 * day + 5 * hour, start + 31 * day + 7 * hour],
  [start + 8 * day, start + 9 * day],
] as const

const answers = async (storage: Storage): Promise<string> => {
  const all: string[] = []
  for (const cube of ['sender', 'recipient'] as const)
    for (const [from, to] of ranges)
      for (const question of questions) {
        const filter: TallyFilter = { cube, account: 'acme', from, to, ...question }
        const rows = await storage.read.tallies(filter)
        all.push(...rows.map((row) => JSON.stringify([filter, Object.entries(row.cell).sort(), row.counts])).sort())
      }
  return all.join('\n')
}
const foldAll = async (storage: Storage, before: number, limit: number): Promise<void> => {
  for (let count = limit; count >= limit; ) {
    const [outcome] = await mustApply(storage, [{ type: 'fold', before, limit }])
    count = outcome?.type === 'counted' ? outcome.count : 0
  }
}
const total = async (storage: Storage, cube: CellKey['cube']): Promise<readonly number[]> => {
  const [whole] = await storage.read.tallies({ cube, account: 'acme', from: 0, to: 2e12, by: [] })
  return COUNTERS.flatMap((counter) => whole?.counts[counter] || [])
}

export const foldCases: readonly StorageCase[] = [
  {
    id: 'storage/fold/changes-no-answer',
    run: async ({ storage, expect }) => {
      await fill(storage)
      const before = await answers(storage)
      const [outcome] = await mustApply(storage, [{ type: 'fold', before: start + 20 * day, limit: 99 }])
      expect(outcome?.type).toBe('counted')
      expect(await answers(storage)).toBe(before)
      await foldAll(storage, start + 20 * day, 50)
      expect(await answers(storage)).toBe(before)
      await foldAll(storage, start + 99 * day, 999)
      expect(await answers(storage)).toBe(before)
    },
  },
  {
    id: 'storage/fold/later-counts-are-added',
    run: async ({ storage, expect }) => {
      await fill(storage)
      await foldAll(storage, start + 99 * day, 999)
      const items = [...mailsFrom(240, 10), ...[3, 30, 90, 200].map((n) => ({ ...opened(n), facts: bit('clicked') }))]
      await mustApply(storage, [{ type: 'settle', shard: 9, items }])
      const before = await answers(storage)
      expect(await total(storage, 'sender')).toEqual([250, 250, 240, 4])
      await foldAll(storage, start + 99 * day, 7)
      expect(await answers(storage)).toBe(before)
      expect([await total(storage, 'sender'), await total(storage, 'recipient')]).toEqual([
        [250, 250, 240, 4],
        [250, 250, 240, 4],
      ])
    },
  },
  {
    id: 'storage/fold/purged-cells-are-gone',
    run: async ({ storage, expect }) => {
      await fill(storage)
      await foldAll(storage, start + 30 * day, 999)
      // A part of the cells of a day, of all of them from a day in which others are open again.
      await mustApply(storage, [{ type: 'settle', shard: 9, items: [{ ...opened(2), facts: bit('clicked') }] }])
      for (const rows of ['tallies.sender', 'tallies.recipient'] as const) {
        const purge = { type: 'purge', rows, before: start + 12 * day } as const
        expect(await mustApply(storage, [{ ...purge, limit: 25 }])).toEqual([{ type: 'counted', count: 25 }])
        expect(await mustApply(storage, [{ ...purge, limit: 999 }])).toEqual([{ type: 'counted', count: 33 }])
      }
      const left = [...Array(240).keys()].filter((n) => n * 5 * hour >= 12 * day).length
      expect([await total(storage, 'sender'), await total(storage, 'recipient')]).toEqual([
        [left, left, left],
        [left, left, left],
      ])
      const before = await answers(storage)
      await foldAll(storage, start + 99 * day, 999)
      expect(await answers(storage)).toBe(before)
    },
  },
  {
    id: 'storage/fold/raced-by-settles',
    run: async ({ storage, expect }) => {
      await fill(storage)
      const sums: number[] = []
      await race(12, async (racer) => {
        if (racer % 3 === 0) return applyOne(storage, [{ type: 'fold', before: start + 99 * day, limit: 150 }])
        if (racer % 3 === 1) {
          const items = [...Array(20).keys()].map((n) => ({ ...opened(n * 12), facts: bit('clicked') }))
          return applyOne(storage, [{ type: 'settle', shard: racer, items: racer === 4 ? items : items.reverse() }])
        }
        const filter = { account: 'acme', from: start, to: start + 50 * day, by: [] }
        const [whole] = await storage.read.tallies({ cube: 'sender', ...filter })
        sums.push(whole?.counts.accepted ?? 0)
        return null
      })
      // What is being moved is seen in one of its two places.
      expect(sums).toEqual([240, 240, 240, 240])
      expect(await total(storage, 'sender')).toEqual([240, 240, 240, 20])
      await foldAll(storage, start + 99 * day, 999)
      expect(await total(storage, 'recipient')).toEqual([240, 240, 240, 20])
    },
  },
]
