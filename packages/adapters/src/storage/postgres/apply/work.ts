import type { Change, Guard, NewWork, Outcome, Refusal } from '@mailwright/core'
import type { SqlSession, SqlTransaction } from '../client.js'
import { bytesArray, textArray, toBytes, toJsonRows, toText } from '../text.js'
import { type WorkSqlRow, workColumns } from '../work-row.js'
import { compositeKey, createShelf, Overtaken, type Shelf } from './shelf.js'

type Advance = Extract<Change, { type: 'work.advance' }>
type Release = Extract<Change, { type: 'work.release' }>
type Finish = Extract<Change, { type: 'work.finish' }>

export interface WorkNeeds {
  readonly ids: Set<string>
  /** Rivals that may have to be rung. */
  readonly rivals: { readonly kind: string; readonly key: string }[]
  readonly families: { readonly kind: string; readonly parent: string }[]
}

/** A row to be inserted once it is known whether its observation wins and whether it has a rival. */
interface PendingWork {
  readonly item: NewWork
  /** Answers what the row is about, where only the winners of a settle are known to say so. */
  readonly ref: () => NewWork['ref']
  readonly sooner: boolean
  /** Answers whether the observation that brings it has won; true for others. */
  readonly wanted: () => boolean
  readonly onLost: () => void
}

/** In the order of the changes; `dropped` takes back what was pending until then. */
type PendingStep = PendingWork | { readonly dropped: { readonly kind: string; readonly parent: string } }

export interface WorkShelf {
  readonly rows: Shelf<WorkSqlRow>
  /** (kind, key) → id of the rows on the shelf. */
  readonly byKey: Map<string, string>
  readonly pending: PendingStep[]
}

const never = (): void => undefined
const always = (): boolean => true

/** Locks by id in one order. Rows asked for by key or parent are looked up first; one put meanwhile counts as put later. */
export const lockWork = async (session: SqlSession, s: string, needs: WorkNeeds): Promise<WorkShelf> => {
  const shelf: WorkShelf = { rows: createShelf<WorkSqlRow>(), byKey: new Map(), pending: [] }
  const ids = new Set([...needs.ids].map(toBytes))
  if (needs.rivals.length > 0 || needs.families.length > 0) {
    const found = await session.query<{ id: string }>(
      `select w.id from ${s}.work w join json_to_recordset($1::json) as k(kind text, key text) using (kind, key)
       union select w.id from ${s}.work w join json_to_recordset($2::json) as p(kind text, parent text) using (kind, parent)`,
      [toJsonRows(needs.rivals), toJsonRows(needs.families)],
    )
    for (const { id } of found) ids.add(toBytes(id))
  }
  if (ids.size === 0) return shelf
  const rows = await session.query<WorkSqlRow>(
    `select ${workColumns()} from ${s}.work where id = any($1::bytea[]) order by id for update`,
    [bytesArray([...ids])],
  )
  for (const row of rows) {
    shelf.rows.load(row.id, row)
    shelf.byKey.set(compositeKey(row.kind, row.key), row.id)
  }
  return shelf
}

export const checkHolder = (shelf: WorkShelf, guard: Extract<Guard, { type: 'holder' }>): Refusal | null =>
  shelf.rows.get(guard.work)?.token === guard.token ? null : { type: 'lease-lost', work: guard.work }

const ring = (shelf: WorkShelf, row: WorkSqlRow, at: number): void => {
  if (row.token !== null) shelf.rows.set(row.id, { ...row, rung_at: Math.min(row.rung_at ?? at, at) })
  else if (at < row.due_at) shelf.rows.set(row.id, { ...row, due_at: at })
}

/** Queues the row unless it has a rival among the rows locked; rivals not locked are found when it is inserted. */
const putOne = (shelf: WorkShelf, pending: PendingWork): void => {
  const { item } = pending
  const rival = shelf.rows.get(shelf.byKey.get(compositeKey(item.kind, item.key)) ?? '')
  if (rival !== undefined && pending.sooner) ring(shelf, rival, item.dueAt)
  if (rival !== undefined || shelf.rows.get(item.id) !== undefined) pending.onLost()
  else shelf.pending.push(pending)
}

export const putWork = (shelf: WorkShelf, change: Extract<Change, { type: 'work.put' }>): Outcome => {
  const lost: number[] = []
  change.items.forEach((item, index) => {
    const onLost = () => lost.push(index)
    putOne(shelf, { item, ref: () => item.ref, sooner: change.sooner === true, wanted: always, onLost })
  })
  return { type: 'bulk', lost }
}

export const putFollowUp = (
  shelf: WorkShelf,
  item: NewWork,
  wanted: () => boolean,
  ref: () => NewWork['ref'] = () => item.ref,
): void => putOne(shelf, { item, ref, sooner: false, wanted, onLost: never })

/** Two flushes of one holder may arrive in any order: neither takes back what the other said. */
export const advanceWork = (shelf: WorkShelf, change: Advance): boolean => {
  const row = shelf.rows.get(change.id)
  if (row === undefined || row.token !== change.token) return false
  shelf.rows.set(change.id, {
    ...row,
    started_through: Math.max(row.started_through, change.startedThrough),
    lease_until: Math.max(row.lease_until ?? 0, change.leaseUntil),
  })
  return true
}

const freed = { token: null, lease_until: null, started_through: 0, rung_at: null } as const

export const releaseWork = (shelf: WorkShelf, change: Release): Outcome => {
  const lost: number[] = []
  change.items.forEach((item, index) => {
    const row = shelf.rows.get(item.id)
    if (row === undefined || row.token !== item.token) {
      lost.push(index)
      return
    }
    shelf.rows.set(item.id, {
      ...row,
      ...freed,
      due_at: Math.min(item.dueAt, row.rung_at ?? item.dueAt),
      lane: item.lane ?? row.lane,
      ref: item.ref === undefined ? row.ref : JSON.stringify(item.ref),
    })
  })
  return { type: 'bulk', lost }
}

const remove = (shelf: WorkShelf, row: WorkSqlRow): void => {
  shelf.rows.set(row.id, undefined)
  shelf.byKey.delete(compositeKey(row.kind, row.key))
}

export const finishWork = (shelf: WorkShelf, change: Finish): Outcome => {
  const lost: number[] = []
  change.items.forEach((item, index) => {
    const row = shelf.rows.get(item.id)
    if (row === undefined || row.token !== item.token) lost.push(index)
    else if (row.rung_at === null) remove(shelf, row)
    else shelf.rows.set(item.id, { ...row, ...freed, due_at: row.rung_at })
  })
  return { type: 'bulk', lost }
}

export const dropWork = (shelf: WorkShelf, kind: string, parent: string): void => {
  for (const row of [...shelf.rows.values()]) if (row.kind === kind && row.parent === parent) remove(shelf, row)
  shelf.pending.push({ dropped: { kind, parent } })
}

/** Most flushes renew one lease; a join with one row of JSON takes twice as long. */
const updateOne = (session: SqlTransaction, s: string, row: WorkSqlRow, isRipe: (dueAt: number) => boolean): void => {
  session.send(
    `update ${s}.work set lane = $2::text, due_at = $3::int8, ready = $4::bool, token = $5::text, lease_until = $6::int8,
       started_through = $7::int8, rung_at = $8::int8, ref = $9::text where id = $1::bytea`,
    [
      toBytes(row.id),
      toText(row.lane),
      row.due_at,
      row.token !== null || isRipe(row.due_at),
      row.token === null ? null : toText(row.token),
      row.lease_until,
      row.started_through,
      row.rung_at,
      toText(row.ref),
    ],
  )
}

/** Writes the rows that were locked. Those to be inserted follow later, with insertWork. */
export const writeWork = (
  session: SqlTransaction,
  s: string,
  shelf: WorkShelf,
  isRipe: (dueAt: number) => boolean,
): void => {
  const { updated, deleted } = shelf.rows.changes()
  if (deleted.length > 0)
    session.send(`delete from ${s}.work where id = any($1::bytea[])`, [
      bytesArray(deleted.map((row) => toBytes(row.id))),
    ])
  const [first] = updated
  if (first === undefined) return
  if (updated.length === 1) {
    updateOne(session, s, first, isRipe)
    return
  }
  const rows = updated.map((row) => ({
    id: toBytes(row.id),
    lane: row.lane,
    due_at: row.due_at,
    ready: row.token !== null || isRipe(row.due_at),
    token: row.token,
    lease_until: row.lease_until,
    started_through: row.started_through,
    rung_at: row.rung_at,
    ref: row.ref,
  }))
  session.send(
    `update ${s}.work w set lane = x.lane, due_at = x.due_at, ready = x.ready, token = x.token, lease_until = x.lease_until,
       started_through = x.started_through, rung_at = x.rung_at, ref = x.ref
     from json_to_recordset($1::json) as x(id bytea, lane text, due_at int8, ready bool, token text, lease_until int8,
       started_through int8, rung_at int8, ref text) where w.id = x.id`,
    [toJsonRows(rows)],
  )
}

interface KeptWork {
  readonly item: NewWork
  readonly from: PendingWork
  dueAt: number
}

/** The rows that are wanted and have no rival among themselves; the losers are told. */
const withoutRivals = (pending: readonly PendingStep[]): readonly KeptWork[] => {
  const kept = new Map<string, KeptWork>()
  const ids = new Set<string>()
  for (const step of pending) {
    if ('dropped' in step) {
      const { kind, parent } = step.dropped
      for (const [key, { item }] of kept)
        if (item.kind === kind && item.parent === parent) {
          kept.delete(key)
          ids.delete(item.id)
        }
      continue
    }
    if (!step.wanted()) continue
    const { item } = step
    const key = compositeKey(item.kind, item.key)
    const rival = kept.get(key)
    if (rival !== undefined && step.sooner) rival.dueAt = Math.min(rival.dueAt, item.dueAt)
    if (rival !== undefined || ids.has(item.id)) step.onLost()
    else {
      ids.add(item.id)
      kept.set(key, { item, dueAt: item.dueAt, from: step })
    }
  }
  return [...kept.values()]
}

/** Inserts what has no rival. Overtaken, when a rival that should have been rung was put meanwhile, is told by `looked`: then the call is decided anew. */
export const insertWork = (
  session: SqlTransaction,
  s: string,
  shelf: WorkShelf,
  isRipe: (dueAt: number) => boolean,
): void => {
  const rows = withoutRivals(shelf.pending)
  if (rows.length === 0) return
  const json = rows.map(({ item, from, dueAt }) => ({
    id: toBytes(item.id),
    kind: item.kind,
    key: item.key,
    account: item.account,
    parent: item.parent,
    lane: item.lane,
    rank: item.rank,
    due_at: dueAt,
    ready: isRipe(dueAt),
    ref: JSON.stringify(from.ref()),
  }))
  session.send<{ id: string }>(
    `insert into ${s}.work (id, kind, key, account, parent, lane, rank, due_at, ready, started_through, attempt, ref)
     select id, kind, key, account, parent, lane, rank, due_at, ready, 0, 0, ref
     from json_to_recordset($1::json) as x(id bytea, kind text, key text, account text, parent text, lane text, rank float8,
       due_at int8, ready bool, ref text)
     order by kind collate "C", key collate "C" on conflict do nothing returning id`,
    [toJsonRows(json)],
    (kept) => {
      if (kept.length === rows.length) return
      const inserted = new Set(kept.map(({ id }) => id))
      const lost = rows.filter(({ item }) => !inserted.has(item.id))
      for (const { from } of lost) from.onLost()
      if (lost.some(({ from }) => from.sooner)) throw new Overtaken()
    },
  )
}

export const readEpochs = async (
  session: SqlSession,
  s: string,
  keys: ReadonlySet<string>,
): Promise<Map<string, number>> => {
  const epochs = new Map<string, number>()
  if (keys.size === 0) return epochs
  const rows = await session.query<{ key: string; count: number }>(
    `select key, count from ${s}.epoch where key = any($1::text[])`,
    [textArray([...keys])],
  )
  for (const { key, count } of rows) epochs.set(key, count)
  return epochs
}

export const bumpEpochs = (session: SqlTransaction, s: string, bumps: ReadonlyMap<string, number>): void => {
  if (bumps.size === 0) return
  session.send(
    `insert into ${s}.epoch as e (key, count) select key, count from json_to_recordset($1::json) as x(key text, count int8)
     order by key collate "C" on conflict (key) do update set count = e.count + excluded.count`,
    [toJsonRows([...bumps].map(([key, count]) => ({ key, count })))],
  )
}
