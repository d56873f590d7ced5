import {
  type CellKey,
  COUNTERS,
  type Counter,
  type Counts,
  type StorageReads,
  type TallyFilter,
} from '@mailwright/core'
import { cellsOf, cellsOfTask } from '../apply/cells.js'
import { compositeKey } from '../composite-key.js'
import { type CellRow, kept, type Tables } from '../tables.js'
import { groupCell, matchesLists } from './dimensions.js'

type CounterReads = Pick<StorageReads, 'quota' | 'tallies' | 'epochs'>

const named = (counts: readonly number[]): Counts => {
  const pairs = COUNTERS.map((counter, index): [Counter, number] => [counter, counts[index] ?? 0])
  return Object.fromEntries(pairs) as Counts
}

const cellsIn = (tables: Tables, filter: TallyFilter): readonly CellRow[] => {
  const { cube, account, from, to, tasks } = filter
  if (tasks !== undefined && !tasks.includes('')) {
    const cells = [...new Set(tasks)].flatMap((task) => tables.cellsOfTask.get(cellsOfTask(cube, account, task)) ?? [])
    return cells.filter(({ cell }) => cell.bucket >= from && cell.bucket < to)
  }
  const found: CellRow[] = []
  for (const [bucket, cells] of tables.cells.get(cellsOf(cube, account)) ?? [])
    if (bucket >= from && bucket < to) for (const cell of cells.values()) found.push(cell)
  return found
}

export const counterReads = (tables: Tables): CounterReads => ({
  quota: async ({ scope, day }) => tables.quotas.get(compositeKey(scope, day)) ?? null,
  tallies: async (filter) => {
    const groups = new Map<string, { readonly cell: CellKey; readonly counts: number[] }>()
    for (const { cell, counts } of cellsIn(tables, filter)) {
      if (!matchesLists(filter, cell)) continue
      const grouped = { ...cell, ...groupCell(filter, cell) }
      const group = kept(groups, JSON.stringify(grouped), () => ({ cell: grouped, counts: COUNTERS.map(() => 0) }))
      counts.forEach((count, index) => {
        group.counts[index] = (group.counts[index] ?? 0) + count
      })
    }
    return [...groups.values()].map(({ cell, counts }) => ({ cell, counts: named(counts) }))
  },
  epochs: async (keys) => keys.map((key) => tables.epochs.get(key) ?? 0),
})
