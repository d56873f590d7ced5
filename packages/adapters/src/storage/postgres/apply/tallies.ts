import { type CellKey, COUNTERS, type Counter, FACT_COUNTERS } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { bytesArray, numberArray, textArray, toBytes } from '../text.js'

interface Cell {
  readonly shard: number
  readonly cell: CellKey
  readonly counts: number[]
}

/** What one call adds, by cell and shard. */
export interface TallySums {
  readonly cells: Map<string, Cell>
  /** The cell that the first, second, … dimension of the observation before went to: mostly the same again, and cheaper than a name. */
  readonly recent: (Cell | undefined)[]
}

export const noSums = (): TallySums => ({ cells: new Map(), recent: [] })

const indexOfCounter = new Map<Counter, number>(COUNTERS.map((counter, index) => [counter, index]))
const allFacts = 2 ** FACT_COUNTERS - 1

// The lengths keep names apart whatever they hold; a template literal because this is the hottest line of the adapter.
const nameOf = (shard: number, cell: CellKey): string => {
  const { cube, account, bucket, domain, recipientDomain, template, task } = cell
  return `${shard}.${bucket}.${account.length}.${domain.length}.${recipientDomain.length}.${template.length}.${cube}${account}${domain}${recipientDomain}${template}${task}`
}

const isCell = (known: Cell, cell: CellKey): boolean => {
  const other = known.cell
  return (
    other === cell ||
    (other.cube === cell.cube &&
      other.bucket === cell.bucket &&
      other.recipientDomain === cell.recipientDomain &&
      other.account === cell.account &&
      other.domain === cell.domain &&
      other.template === cell.template &&
      other.task === cell.task)
  )
}

const cellAt = (sums: TallySums, shard: number, cell: CellKey, place: number): Cell => {
  const recent = sums.recent[place]
  if (recent !== undefined && recent.shard === shard && isCell(recent, cell)) return recent
  const name = nameOf(shard, cell)
  let found = sums.cells.get(name)
  if (found === undefined) {
    found = { shard, cell, counts: COUNTERS.map(() => 0) }
    sums.cells.set(name, found)
  }
  sums.recent[place] = found
  return found
}

const addOne = (counts: number[], index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1
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
  for (const [place, cell] of cells.entries()) {
    const { counts } = cellAt(sums, shard, cell, place)
    for (let rest = bits; rest !== 0; rest &= rest - 1) addOne(counts, 31 - Math.clz32(rest & -rest))
    if (raw !== null) addOne(counts, indexOfCounter.get(raw) ?? -1)
  }
}

const keyColumns = 'cube, account, bucket, domain, recipient_domain, template, task, shard'
const quotedCounters = COUNTERS.map((counter) => `"${counter}"`)
const width = COUNTERS.length

/** Sorted by key, or four writers of the same cells lock each other out. */
const upsert = (s: string): string => `
insert into ${s}.tally as t (${keyColumns}, ${quotedCounters.join(', ')})
select ${keyColumns}, ${quotedCounters.map((_, index) => `c.n[k.at * ${width} - ${width - 1 - index}]`).join(', ')}
from unnest($1::text[], $2::text[], $3::int8[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::int2[]) with ordinality
  as k(cube, account, bucket, domain, recipient_domain, template, task, shard, at), (select $9::int8[] as n offset 0) c
order by cube collate "C", account collate "C", bucket, domain collate "C", recipient_domain collate "C", template, task, shard
on conflict (${keyColumns}) do update set ${quotedCounters.map((name) => `${name} = t.${name} + excluded.${name}`).join(', ')}`

export const writeTallies = async (session: SqlSession, s: string, sums: TallySums): Promise<void> => {
  if (sums.cells.size === 0) return
  const rows = [...sums.cells.values()]
  await session.query(upsert(s), [
    textArray(rows.map(({ cell }) => cell.cube)),
    textArray(rows.map(({ cell }) => cell.account)),
    numberArray(rows.map(({ cell }) => cell.bucket)),
    textArray(rows.map(({ cell }) => cell.domain)),
    textArray(rows.map(({ cell }) => cell.recipientDomain)),
    bytesArray(rows.map(({ cell }) => toBytes(cell.template))),
    bytesArray(rows.map(({ cell }) => toBytes(cell.task))),
    numberArray(rows.map(({ shard }) => shard)),
    numberArray(rows.flatMap(({ counts }) => counts)),
  ])
}
