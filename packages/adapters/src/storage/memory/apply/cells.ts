import { type CellKey, type Change, COUNTERS, type Counter, FACT_COUNTERS } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import { type CellRow, kept, type Tables } from '../tables.js'

const indexOfCounter = new Map<Counter, number>(COUNTERS.map((counter, index) => [counter, index]))
const allFacts = 2 ** FACT_COUNTERS - 1

export const cellsOf = (cube: CellKey['cube'], account: string): string => `${cube}.${account}`
export const cellsOfTask = (cube: CellKey['cube'], account: string, task: string): string =>
  compositeKey(cube, account, task)

const newBuckets = () => new Map<number, Map<string, CellRow>>()
const newBucket = () => new Map<string, CellRow>()
const noCells = (): CellRow[] => []

// The lengths keep names apart whatever they hold; a template literal because this is the hottest line of the storage.
const nameWithin = (cell: CellKey): string => {
  const { domain, recipientDomain, template, task } = cell
  return `${domain.length}.${recipientDomain.length}.${template.length}.${domain}${recipientDomain}${template}${task}`
}

const cellAt = (tables: Tables, cell: CellKey): CellRow => {
  const buckets = kept(tables.cells, cellsOf(cell.cube, cell.account), newBuckets)
  const bucket = kept(buckets, cell.bucket, newBucket)
  const name = nameWithin(cell)
  const found = bucket.get(name)
  if (found !== undefined) return found
  const made: CellRow = { cell: Object.freeze({ ...cell }), counts: COUNTERS.map(() => 0) }
  bucket.set(name, made)
  if (cell.task !== '') kept(tables.cellsOfTask, cellsOfTask(cell.cube, cell.account, cell.task), noCells).push(made)
  return made
}

const addOne = (counts: number[], index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1
}

const isSame = (a: CellKey, b: CellKey): boolean =>
  a.bucket === b.bucket &&
  a.cube === b.cube &&
  a.task === b.task &&
  a.recipientDomain === b.recipientDomain &&
  a.template === b.template &&
  a.domain === b.domain &&
  a.account === b.account

/** Adds to counters that no message stands behind. */
export const applyCount = (tables: Tables, { items }: Extract<Change, { type: 'count' }>): void => {
  for (const { cells, counter, by } of items)
    for (const cell of cells) {
      const { counts } = cellAt(tables, cell)
      const index = indexOfCounter.get(counter) ?? -1
      counts[index] = (counts[index] ?? 0) + by
    }
}

/**
 * Counts each of the bits `fresh` once, and `raw` once, in every cell. `recent` holds the cells of the item before, place by place:
 * the mails of a chunk count mostly in the same ones, and comparing is cheaper than looking up.
 */
export const countInCells = (
  tables: Tables,
  cells: readonly CellKey[],
  fresh: number,
  raw: Counter | null,
  recent: CellRow[],
): void => {
  const bits = fresh & allFacts
  if (bits === 0 && raw === null) return
  for (const [place, cell] of cells.entries()) {
    const before = recent[place]
    const row = before !== undefined && isSame(before.cell, cell) ? before : cellAt(tables, cell)
    recent[place] = row
    for (let rest = bits; rest !== 0; rest &= rest - 1) addOne(row.counts, 31 - Math.clz32(rest & -rest))
    if (raw !== null) addOne(row.counts, indexOfCounter.get(raw) ?? -1)
  }
}
