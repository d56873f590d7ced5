import { COUNTERS, type Counter, type Counts, type StorageReads, type TallyFilter } from '@mailwright/core'
import { cellsOf, cellsOfTask } from '../apply/cells.js'
import { compositeKey } from '../composite-key.js'
import type { CellRow, Tables } from '../tables.js'

type CounterReads = Pick<StorageReads, 'quota' | 'tallies' | 'epochs'>

const named = (counts: readonly number[]): Counts => {
  const pairs = COUNTERS.map((counter, index): [Counter, number] => [counter, counts[index] ?? 0])
  return Object.fromEntries(pairs) as Counts
}

const cellsIn = (tables: Tables, filter: TallyFilter): readonly CellRow[] => {
  const { cube, account, from, to, task } = filter
  if (task !== undefined && task !== '') {
    const cells = tables.cellsOfTask.get(cellsOfTask(cube, account, task)) ?? []
    return cells.filter(({ cell }) => cell.bucket >= from && cell.bucket < to)
  }
  const found: CellRow[] = []
  for (const [bucket, cells] of tables.cells.get(cellsOf(cube, account)) ?? [])
    if (bucket >= from && bucket < to) for (const cell of cells.values()) found.push(cell)
  return found
}

export const counterReads = (tables: Tables): CounterReads => ({
  quota: async ({ scope, day }) => tables.quotas.get(compositeKey(scope, day)) ?? null,
  tallies: async (filter) =>
    cellsIn(tables, filter)
      .filter(({ cell }) => filter.domain === undefined || cell.domain === filter.domain)
      .filter(({ cell }) => filter.task === undefined || cell.task === filter.task)
      .map(({ cell, counts }) => ({ cell, counts: named(counts) })),
  epochs: async (keys) => keys.map((key) => tables.epochs.get(key) ?? 0),
})
