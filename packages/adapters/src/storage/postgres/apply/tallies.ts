import { type CellKey, type Change, COUNTERS, type Counter, FACT_COUNTERS } from '@mailwright/core'
import type { SqlTransaction } from '../client.js'
import { adding, counterColumns, groupsOf } from '../counter-columns.js'
import { bytesArray, numberArray, sparseArray, textArray, toBytes } from '../text.js'

interface Cell {
  readonly shard: number
  readonly cell: CellKey
  readonly counts: number[]
}

/** What one call adds, by cell and shard. */
export interface TallySums {
  readonly cells: Map<string, Cell>
  /** The same by the object that names it: the mails of a batch share theirs, and a name is dear. */
  readonly known: Map<CellKey, Cell>
}

export const noSums = (): TallySums => ({ cells: new Map(), known: new Map() })

const indexOfCounter = new Map<Counter, number>(COUNTERS.map((counter, index) => [counter, index]))
const allFacts = 2 ** FACT_COUNTERS - 1

// The lengths keep names apart whatever they hold; a template literal because this is the hottest line of the adapter.
const nameOf = (shard: number, cell: CellKey): string => {
  const { cube, account, bucket, domain, recipientDomain, template, task } = cell
  return `${shard}.${bucket}.${account.length}.${domain.length}.${recipientDomain.length}.${template.length}.${cube}${account}${domain}${recipientDomain}${template}${task}`
}

const cellAt = (sums: TallySums, shard: number, cell: CellKey): Cell => {
  const known = sums.known.get(cell)
  if (known?.shard === shard) return known
  const name = nameOf(shard, cell)
  let found = sums.cells.get(name)
  if (found === undefined) {
    found = { shard, cell, counts: COUNTERS.map(() => 0) }
    sums.cells.set(name, found)
  }
  sums.known.set(cell, found)
  return found
}

const add = (counts: number[], index: number, by: number): void => {
  counts[index] = (counts[index] ?? 0) + by
}

/** Counts each of the bits `fresh` once, and `raw` once, in every cell. */
export const count = (
  sums: TallySums,
  shard: number,
  cells: readonly CellKey[],
  fresh: number,
  raw: Counter | null,
): void => {
  const bits = fresh & allFacts
  if (bits === 0 && raw === null) return
  for (const cell of cells) {
    const { counts } = cellAt(sums, shard, cell)
    for (let rest = bits; rest !== 0; rest &= rest - 1) add(counts, 31 - Math.clz32(rest & -rest), 1)
    if (raw !== null) add(counts, indexOfCounter.get(raw) ?? -1, 1)
  }
}

/** Adds what no message stands behind. */
export const addCounts = (sums: TallySums, { shard, items }: Extract<Change, { type: 'count' }>): void => {
  for (const { cells, counter, by } of items)
    for (const cell of cells) add(cellAt(sums, shard, cell).counts, indexOfCounter.get(counter) ?? -1, by)
}

const keyColumns = 'cube, account, bucket, domain, recipient_domain, template, task, shard'

/** Sorted by key, or four writers of the same cells lock each other out. */
const upsert = (s: string, columns: readonly string[]): string => `
insert into ${s}.tally as t (${keyColumns}, ${columns.join(', ')})
select ${keyColumns}, ${columns.join(', ')}
from unnest($1::text[], $2::text[], $3::int8[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::int2[],
  ${columns.map((_, at) => `$${9 + at}::int8[]`).join(', ')}) as k(${keyColumns}, ${columns.join(', ')})
order by cube collate "C", account collate "C", bucket, domain collate "C", recipient_domain collate "C", template, task, shard
on conflict (${keyColumns}) do update set ${adding(columns)}`

export const writeTallies = (session: SqlTransaction, s: string, sums: TallySums): void => {
  if (sums.cells.size === 0) return
  const rows = [...sums.cells.values()]
  const used = groupsOf((index) => rows.some(({ counts }) => counts[index] !== 0))
  if (used.length === 0) return
  session.send(
    upsert(
      s,
      used.map((index) => counterColumns[index] ?? ''),
    ),
    [
      textArray(rows.map(({ cell }) => cell.cube)),
      textArray(rows.map(({ cell }) => cell.account)),
      numberArray(rows.map(({ cell }) => cell.bucket)),
      textArray(rows.map(({ cell }) => cell.domain)),
      textArray(rows.map(({ cell }) => cell.recipientDomain)),
      bytesArray(rows.map(({ cell }) => toBytes(cell.template))),
      bytesArray(rows.map(({ cell }) => toBytes(cell.task))),
      numberArray(rows.map(({ shard }) => shard)),
      ...used.map((index) => sparseArray(rows.map(({ counts }) => counts[index] ?? 0))),
    ],
  )
}
