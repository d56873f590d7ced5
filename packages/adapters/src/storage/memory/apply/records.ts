import type { Change, Refusal, StoredRecord, UniqueKey } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import { byCreation, type Holder } from '../sorted.js'
import { kept, type Tables } from '../tables.js'
import { setRow, type Undo } from '../undo.js'
import { endHold } from './holds.js'

type Put = Extract<Change, { type: 'record.put' }>
type Drop = Extract<Change, { type: 'record.drop' }>

export const listOfKind = (kind: string): string => compositeKey('kind', kind)
export const listOfAccount = (kind: string, account: string): string => compositeKey('account', kind, account)
export const listOfParent = (kind: string, parent: string): string => compositeKey('parent', kind, parent)
export const listOfName = (kind: string, name: string): string => compositeKey('name', kind, name)

const listsOf = (row: StoredRecord): readonly string[] => [
  listOfKind(row.kind),
  listOfAccount(row.kind, row.account),
  listOfParent(row.kind, row.parent),
  listOfName(row.kind, row.name),
]

const enlist = (tables: Tables, holder: Holder<StoredRecord>): void => {
  for (const list of listsOf(holder.row)) kept(tables.recordLists, list, byCreation<StoredRecord>).add(holder)
}

const delist = (tables: Tables, holder: Holder<StoredRecord>): void => {
  for (const name of listsOf(holder.row)) {
    const list = tables.recordLists.get(name)
    list?.remove(holder)
    if (list?.all().length === 0) tables.recordLists.delete(name)
  }
}

const staysInPlace = (a: StoredRecord, b: StoredRecord): boolean =>
  a.createdAt === b.createdAt && a.parent === b.parent && a.name === b.name

/** Replaces the row of a holder, moving it between lists only if need be. */
const swap = (tables: Tables, holder: Holder<StoredRecord>, row: StoredRecord): void => {
  if (staysInPlace(holder.row, row)) {
    holder.row = row
    return
  }
  delist(tables, holder)
  holder.row = row
  enlist(tables, holder)
}

const insert = (tables: Tables, row: StoredRecord, undo: Undo): void => {
  const holder = { row }
  tables.records.set(row.id, holder)
  enlist(tables, holder)
  undo.push(() => {
    delist(tables, holder)
    tables.records.delete(row.id)
  })
}

const replace = (tables: Tables, holder: Holder<StoredRecord>, row: StoredRecord, undo: Undo): void => {
  const before = holder.row
  swap(tables, holder, row)
  undo.push(() => swap(tables, holder, before))
}

const setKeys = (tables: Tables, id: string, keys: readonly UniqueKey[], undo: Undo): Refusal | null => {
  for (const { scope, key } of tables.keysOfRecord.get(id) ?? [])
    setRow(tables.recordKeys, compositeKey(scope, key), undefined, undo)
  for (const { scope, key } of keys) {
    const owner = tables.recordKeys.get(compositeKey(scope, key))
    if (owner !== undefined && owner !== id) return { type: 'key-taken', scope, key }
    setRow(tables.recordKeys, compositeKey(scope, key), id, undo)
  }
  const own = keys.length === 0 ? undefined : keys.map(({ scope, key }) => ({ scope, key }))
  setRow(tables.keysOfRecord, id, own, undo)
  return null
}

/** An id that is taken refuses `absent` as a version conflict. Keys that are left out stay as they are. */
export const putRecord = (tables: Tables, change: Put, undo: Undo): Refusal | null => {
  const { id, kind, account } = change.record
  const holder = tables.records.get(id)
  const row = (version: number): StoredRecord => Object.freeze({ ...change.record, version })
  if (change.expect === 'absent') {
    if (holder !== undefined) return { type: 'version', id }
    insert(tables, row(1), undo)
  } else {
    if (holder === undefined || holder.row.kind !== kind || holder.row.account !== account)
      return { type: 'absent', id }
    if (holder.row.version !== change.expect) return { type: 'version', id }
    replace(tables, holder, row(change.expect + 1), undo)
  }
  return change.keys === undefined ? null : setKeys(tables, id, change.keys, undo)
}

export const dropRecord = (tables: Tables, change: Drop, undo: Undo): Refusal | null => {
  const { id } = change
  const holder = tables.records.get(id)
  if (holder === undefined || holder.row.kind !== change.kind || holder.row.account !== change.account)
    return { type: 'absent', id }
  if (change.expect !== undefined && holder.row.version !== change.expect) return { type: 'version', id }
  setKeys(tables, id, [], undo)
  for (const ref of tables.holdings.get(id) ?? []) endHold(tables, ref, id, undo)
  delist(tables, holder)
  tables.records.delete(id)
  undo.push(() => {
    tables.records.set(id, holder)
    enlist(tables, holder)
  })
  return null
}
