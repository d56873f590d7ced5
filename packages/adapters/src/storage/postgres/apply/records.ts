import type { Change, Guard, Refusal, StoredRecord, UniqueKey } from '@mailwright/core'
import type { SqlSession, SqlTransaction } from '../client.js'
import { storedObject } from '../stored-json.js'
import { textArray, toJsonRows } from '../text.js'
import { allKept, compositeKey, createShelf, type Shelf, type Undo } from './shelf.js'

type Put = Extract<Change, { type: 'record.put' }>
type Drop = Extract<Change, { type: 'record.drop' }>
type Present = Extract<Guard, { type: 'present' }>

export interface RecordSqlRow {
  readonly id: string
  readonly kind: string
  readonly account: string
  readonly version: number
  readonly parent: string
  readonly name: string
  readonly state: string
  readonly created_at: number
  readonly data: string
}

interface KeyRow {
  readonly scope: string
  readonly key: string
  readonly record: string
}

export const recordColumns = 'id, kind, account, version, parent, name, state, created_at, data'

export const toRecord = (row: RecordSqlRow): StoredRecord => {
  const { value: data, damage } = storedObject(row.data)
  return {
    id: row.id,
    kind: row.kind,
    account: row.account,
    version: row.version,
    parent: row.parent,
    name: row.name,
    state: row.state,
    createdAt: row.created_at,
    data,
    ...(damage === undefined ? {} : { damage }),
  }
}

const toRow = (record: Omit<StoredRecord, 'version'>, version: number): RecordSqlRow => ({
  id: record.id,
  kind: record.kind,
  account: record.account,
  version,
  parent: record.parent,
  name: record.name,
  state: record.state,
  created_at: record.createdAt,
  data: JSON.stringify(record.data),
})

export interface RecordNeeds {
  /** Ids that are read and not locked. Postgres lets shared locks pass those who wait to change a row: six busy processes would hold them up for good. */
  readonly fleeting: Set<string>
  /** Ids that are only looked at: shared locks, so that a thousand sends may guard one template at once. */
  readonly shared: Set<string>
  /** Ids that are changed, or whose holders must not change. */
  readonly exclusive: Set<string>
  readonly keys: UniqueKey[]
}

export interface RecordShelves {
  readonly records: Shelf<RecordSqlRow>
  readonly keys: Shelf<KeyRow>
}

const inRuns = (needs: RecordNeeds): { readonly exclusive: boolean; readonly ids: string[] }[] => {
  const runs: { exclusive: boolean; ids: string[] }[] = []
  const ids = [...new Set([...needs.shared, ...needs.exclusive])]
  for (const id of ids.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    const exclusive = needs.exclusive.has(id)
    const last = runs[runs.length - 1]
    if (last?.exclusive === exclusive) last.ids.push(id)
    else runs.push({ exclusive, ids: [id] })
  }
  return runs
}

/** All locks in one order of ids, whatever their strength, so that crossed calls wait for each other and never in a circle. */
export const lockRecords = async (session: SqlSession, s: string, needs: RecordNeeds): Promise<RecordShelves> => {
  const records = createShelf<RecordSqlRow>()
  const keys = createShelf<KeyRow>()
  const take = (ids: readonly string[], lock: 'for update' | 'for share' | '') =>
    session.query<RecordSqlRow>(
      `select ${recordColumns} from ${s}.record where id = any($1::text[]) order by id ${lock}`,
      [textArray(ids)],
    )
  const runs = inRuns(needs).map(({ exclusive, ids }) => take(ids, exclusive ? 'for update' : 'for share'))
  const unlocked = [...needs.fleeting].filter((id) => !needs.shared.has(id) && !needs.exclusive.has(id))
  if (unlocked.length > 0) runs.push(take(unlocked, ''))
  const taken = needs.exclusive.size === 0 ? [] : keysOf(session, s, needs)
  const [recordRows, keyRows] = await Promise.all([Promise.all(runs), taken])
  for (const row of recordRows.flat()) records.load(row.id, row)
  for (const row of keyRows) keys.load(compositeKey(row.scope, row.key), row)
  return { records, keys }
}

const keysOf = (session: SqlSession, s: string, needs: RecordNeeds): Promise<readonly KeyRow[]> =>
  session.query<KeyRow>(
    `select scope, key, record from ${s}.record_key where record = any($1::text[])
     union select scope, key, record from ${s}.record_key where (scope, key) in
       (select scope, key from json_to_recordset($2::json) as k(scope text, key text))`,
    [textArray([...needs.exclusive]), toJsonRows(needs.keys)],
  )

export const checkPresent = ({ records }: RecordShelves, guard: Present): Refusal | null => {
  const row = records.get(guard.id)
  if (row === undefined || row.kind !== guard.kind || row.account !== guard.account)
    return { type: 'absent', id: guard.id }
  return guard.version !== undefined && guard.version !== row.version ? { type: 'version', id: guard.id } : null
}

const setKeys = (shelves: RecordShelves, id: string, keys: readonly UniqueKey[], undo: Undo): Refusal | null => {
  for (const row of [...shelves.keys.values()])
    if (row.record === id) shelves.keys.set(compositeKey(row.scope, row.key), undefined, undo)
  for (const { scope, key } of keys) {
    const place = compositeKey(scope, key)
    const owner = shelves.keys.get(place)
    if (owner !== undefined && owner.record !== id) return { type: 'key-taken', scope, key }
    shelves.keys.set(place, { scope, key, record: id }, undo)
  }
  return null
}

/** An id that is taken refuses `absent` as a version conflict. Keys that are left out stay as they are. */
export const putRecord = (shelves: RecordShelves, change: Put, undo: Undo): Refusal | null => {
  const { id, kind, account } = change.record
  const row = shelves.records.get(id)
  if (change.expect === 'absent') {
    if (row !== undefined) return { type: 'version', id }
    shelves.records.set(id, toRow(change.record, 1), undo)
  } else {
    if (row === undefined || row.kind !== kind || row.account !== account) return { type: 'absent', id }
    if (row.version !== change.expect) return { type: 'version', id }
    shelves.records.set(id, toRow(change.record, change.expect + 1), undo)
  }
  return change.keys === undefined ? null : setKeys(shelves, id, change.keys, undo)
}

export const dropRecord = (shelves: RecordShelves, change: Drop, undo: Undo): Refusal | null => {
  const refusal = checkPresent(shelves, {
    type: 'present',
    kind: change.kind,
    account: change.account,
    id: change.id,
    ...(change.expect === undefined ? {} : { version: change.expect }),
  })
  if (refusal !== null) return refusal
  setKeys(shelves, change.id, [], undo)
  shelves.records.set(change.id, undefined, undo)
  return null
}

const typed = `id text, kind text, account text, version int4, parent text, name text, state text, created_at int8, data text`

/** Overtaken, when another call took an id or a key first, is told by `looked`. */
export const writeRecords = (session: SqlTransaction, s: string, shelves: RecordShelves): void => {
  const records = shelves.records.changes()
  const keys = shelves.keys.changes()
  if (records.deleted.length > 0)
    session.send(`delete from ${s}.record where id = any($1::text[])`, [
      textArray(records.deleted.map((row) => row.id)),
    ])
  if (records.updated.length > 0)
    session.send(
      `update ${s}.record t set kind = x.kind, account = x.account, version = x.version, parent = x.parent, name = x.name,
         state = x.state, created_at = x.created_at, data = x.data
       from json_to_recordset($1::json) as x(${typed}) where t.id = x.id`,
      [toJsonRows(records.updated)],
    )
  if (records.inserted.length > 0)
    session.send(
      `insert into ${s}.record (${recordColumns}) select ${recordColumns} from json_to_recordset($1::json) as x(${typed})
       order by id on conflict do nothing returning 1 as one`,
      [toJsonRows(records.inserted)],
      allKept(records.inserted.length),
    )
  const gone = [...keys.deleted, ...keys.updated]
  if (gone.length > 0)
    session.send(
      `delete from ${s}.record_key where (scope, key) in
         (select scope, key from json_to_recordset($1::json) as k(scope text, key text))`,
      [toJsonRows(gone)],
    )
  const fresh = [...keys.inserted, ...keys.updated]
  if (fresh.length > 0)
    session.send(
      `insert into ${s}.record_key (scope, key, record)
       select scope, key, record from json_to_recordset($1::json) as k(scope text, key text, record text)
       order by scope, key on conflict do nothing returning 1 as one`,
      [toJsonRows(fresh)],
      allKept(fresh.length),
    )
}
