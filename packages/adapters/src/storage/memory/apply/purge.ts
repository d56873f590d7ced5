import type { CellKey, Change, EventRow } from '@mailwright/core'
import type { Holder } from '../sorted.js'
import type { CellRow, OwnMessage, Tables } from '../tables.js'
import { cellsOfTask } from './cells.js'

type Purge = Extract<Change, { type: 'purge' }>

/** The `limit` oldest before the instant. */
const oldest = <T>(rows: Iterable<T>, at: (row: T) => number, { before, limit }: Purge): readonly T[] =>
  [...rows]
    .filter((row) => at(row) < before)
    .sort((a, b) => at(a) - at(b))
    .slice(0, limit)

const without = <K, T>(map: Map<K, T[]>, key: K, row: T): void => {
  const left = (map.get(key) ?? []).filter((one) => one !== row)
  if (left.length > 0) map.set(key, left)
  else map.delete(key)
}

const dropEvent = (tables: Tables, holder: Holder<EventRow>): void => {
  const { row } = holder
  tables.events.delete(row.key)
  without(tables.eventsOfMessage, row.message, holder)
  tables.eventsOfAccount.get(row.account)?.remove(holder)
}

const dropMessage = (tables: Tables, holder: Holder<OwnMessage>): void => {
  const { row } = holder
  for (const event of tables.eventsOfMessage.get(row.id) ?? []) dropEvent(tables, event)
  tables.messages.delete(row.id)
  const lists = tables.messagesOfAccount.get(row.account)
  lists?.all.remove(holder)
  lists?.tasks.get(row.task)?.remove(holder)
  without(tables.messagesOfOrigin, row.origin, holder)
  without(tables.messagesOfRecipient, row.recipientKey, holder)
}

const cellsOfCube = function* (tables: Tables, cube: CellKey['cube']): Generator<CellRow> {
  for (const [name, buckets] of tables.cells)
    if (name.startsWith(`${cube}.`)) for (const cells of buckets.values()) yield* cells.values()
}

const dropCell = (tables: Tables, row: CellRow): void => {
  const { cube, account, task, bucket } = row.cell
  const cells = tables.cells.get(`${cube}.${account}`)
  const inBucket = cells?.get(bucket)
  for (const [name, cell] of inBucket ?? []) if (cell === row) inBucket?.delete(name)
  if (inBucket?.size === 0) cells?.delete(bucket)
  if (task !== '') without(tables.cellsOfTask, cellsOfTask(cube, account, task), row)
}

/** Looks at all rows: this storage holds what fits into tests and trials. */
export const purgeRows = (tables: Tables, change: Purge): number => {
  if (change.rows === 'events') {
    const rows = oldest(tables.events.values(), ({ row }) => row.at, change)
    for (const row of rows) dropEvent(tables, row)
    return rows.length
  }
  if (change.rows === 'messages') {
    const rows = oldest(tables.messages.values(), ({ row }) => row.acceptedAt, change)
    for (const row of rows) dropMessage(tables, row)
    return rows.length
  }
  const cube = change.rows.slice('tallies.'.length) as CellKey['cube']
  const rows = oldest(cellsOfCube(tables, cube), ({ cell }) => cell.bucket, change)
  for (const row of rows) dropCell(tables, row)
  return rows.length
}
