import type { SqlSession, SqlTransaction } from '../client.js'
import { toJsonRows } from '../text.js'
import { allKept, compositeKey, createShelf, type Shelf } from './shelf.js'

type Cell = string | number | boolean | null

/** A small table of rows that are locked by key, decided upon, and written back. Rows are plain objects named like the columns. */
export interface KeyedTable<Row> {
  keyOf(...key: readonly string[]): string
  /** Locks the rows of these keys in the order of the keys. */
  lock(session: SqlSession, keys: readonly (readonly string[])[]): Promise<Shelf<Row>>
  /** Overtaken, when another call inserted one of the rows first, is told by `looked`. */
  write(session: SqlTransaction, shelf: Shelf<Row>): void
}

export interface KeyedTableLayout<Row> {
  readonly table: string
  /** Text columns. */
  readonly key: readonly (keyof Row & string)[]
  /** SQL types of all columns. */
  readonly columns: { readonly [Name in keyof Row]: string }
}

export const keyedTable = <Row extends { readonly [Name in keyof Row]: Cell }>({
  table,
  key,
  columns,
}: KeyedTableLayout<Row>): KeyedTable<Row> => {
  const names = Object.keys(columns) as (keyof Row & string)[]
  const plain = names.filter((name) => !key.includes(name))
  const list = names.join(', ')
  const typed = names.map((name) => `${name} ${columns[name]}`).join(', ')
  const typedKey = key.map((name) => `${name} text`).join(', ')
  const keys = key.join(', ')

  const lockText = `select ${list} from ${table} where (${keys}) in
    (select ${keys} from json_to_recordset($1::json) as k(${typedKey})) order by ${keys} for update`
  const insertText = `insert into ${table} (${list}) select ${list} from json_to_recordset($1::json) as x(${typed})
    order by ${keys} on conflict do nothing returning 1 as one`
  const updateText = `update ${table} t set ${plain.map((name) => `${name} = x.${name}`).join(', ')}
    from json_to_recordset($1::json) as x(${typed}) where ${key.map((name) => `t.${name} = x.${name}`).join(' and ')}`
  const deleteText = `delete from ${table} where (${keys}) in
    (select ${keys} from json_to_recordset($1::json) as k(${typedKey}))`

  const keyOf = (...parts: readonly string[]): string => compositeKey(...parts)
  const keyOfRow = (row: Row): string => compositeKey(...key.map((name) => String(row[name])))

  return {
    keyOf,
    lock: async (session, wanted) => {
      const shelf = createShelf<Row>()
      if (wanted.length === 0) return shelf
      const rows = wanted.map((parts) => Object.fromEntries(key.map((name, at) => [name, parts[at]])))
      for (const row of await session.query<Row>(lockText, [toJsonRows(rows)])) shelf.load(keyOfRow(row), row)
      return shelf
    },
    write: (session, shelf) => {
      const { inserted, updated, deleted } = shelf.changes()
      if (deleted.length > 0) session.send(deleteText, [toJsonRows(deleted)])
      if (updated.length > 0) session.send(updateText, [toJsonRows(updated)])
      if (inserted.length > 0) session.send(insertText, [toJsonRows(inserted)], allKept(inserted.length))
    },
  }
}
