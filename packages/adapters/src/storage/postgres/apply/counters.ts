import {
  bookHits,
  type Change,
  type Guard,
  type Hit,
  type Json,
  MailError,
  type Outcome,
  type QuotaRow,
  type Refusal,
} from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { storedList } from '../stored-json.js'
import { type KeyedTable, keyedTable } from './keyed-table.js'
import type { Shelf, Undo } from './shelf.js'

export interface SlotRow {
  readonly key: string
  readonly taken: number
}
export interface WindowRow {
  readonly key: string
  /** JSON list of instants, or of pairs of an instant and how many hits it has. */
  readonly hits: string
  readonly until: number
}
export interface OnceRow {
  readonly account: string
  readonly key: string
  readonly body_hash: string
  readonly until: number
  readonly answer: string
}

export interface CounterTables {
  readonly slots: KeyedTable<SlotRow>
  readonly windows: KeyedTable<WindowRow>
  readonly once: KeyedTable<OnceRow>
  readonly quotas: KeyedTable<QuotaRow>
}

export const counterTables = (s: string): CounterTables => ({
  slots: keyedTable<SlotRow>({ table: `${s}.slot`, key: ['key'], columns: { key: 'text', taken: 'int8' } }),
  windows: keyedTable<WindowRow>({
    table: `${s}.window_hit`,
    key: ['key'],
    columns: { key: 'text', hits: 'text', until: 'int8' },
  }),
  once: keyedTable<OnceRow>({
    table: `${s}.once`,
    key: ['account', 'key'],
    columns: { account: 'text', key: 'text', body_hash: 'text', until: 'int8', answer: 'text' },
  }),
  quotas: keyedTable<QuotaRow>({
    table: `${s}.quota`,
    key: ['scope', 'day'],
    columns: { scope: 'text', day: 'text', granted: 'int8', ceiling: 'int8', blocked: 'bool' },
  }),
})

type OnceGuard = Extract<Guard, { type: 'once' }>
type SlotChange = Extract<Change, { type: 'slot' }>
type WindowTake = Extract<Change, { type: 'window.take' }>
type WindowBook = Extract<Change, { type: 'window.book' }>
type QuotaChange = Extract<Change, { type: `quota.${string}` }>

const answerOf = ({ answer, account, key }: OnceRow): Json => {
  try {
    return JSON.parse(answer)
  } catch (cause) {
    throw new MailError('DATA_CORRUPT', { kind: 'idempotency-key', account, id: key }, { cause })
  }
}

export const takeOnce = (
  tables: CounterTables,
  shelf: Shelf<OnceRow>,
  guard: OnceGuard,
  undo: Undo,
): Refusal | null => {
  const key = tables.once.keyOf(guard.account, guard.key)
  const first = shelf.get(key)
  if (first !== undefined && first.until > guard.now)
    return { type: 'repeated', sameBody: first.body_hash === guard.bodyHash, answer: answerOf(first) }
  const { account, bodyHash, until } = guard
  shelf.set(key, { account, key: guard.key, body_hash: bodyHash, until, answer: JSON.stringify(guard.answer) }, undo)
  return null
}

/** Giving back more than was taken leaves the counter at 0: it must never make room that is not there. */
export const moveSlot = (
  tables: CounterTables,
  shelf: Shelf<SlotRow>,
  change: SlotChange,
  undo: Undo,
): Refusal | null => {
  const key = tables.slots.keyOf(change.key)
  const taken = shelf.get(key)?.taken ?? 0
  if (change.by === 1 && taken >= change.limit) return { type: 'slot-full', key: change.key, limit: change.limit }
  shelf.set(key, { key: change.key, taken: Math.max(0, taken + change.by) }, undo)
  return null
}

const hitsOf = (row: WindowRow | undefined): readonly Hit[] => {
  const stored: readonly (number | Hit)[] = row === undefined ? [] : storedList<number | Hit>(row.hits)
  return stored.map((hit): Hit => (typeof hit === 'number' ? [hit, 1] : hit))
}

const rowOf = (key: string, hits: readonly Hit[], windowMs: number): WindowRow => ({
  key,
  hits: JSON.stringify(hits.map(([at, count]) => (count === 1 ? at : [at, count]))),
  until: Math.max(...hits.map(([at]) => at)) + 2 * windowMs,
})

export const bookWindow = (tables: CounterTables, shelf: Shelf<WindowRow>, change: WindowBook): Outcome => {
  const key = tables.windows.keyOf(change.key)
  const { booked, hits } = bookHits(hitsOf(shelf.get(key)), change)
  shelf.set(key, hits.length === 0 ? undefined : rowOf(change.key, hits, change.windowMs))
  return booked
}

/** Hits later than `at` (from a process whose clock is ahead) count too, so that no window ever holds more than `limit`. */
export const takeWindow = (
  tables: CounterTables,
  shelf: Shelf<WindowRow>,
  change: WindowTake,
  undo: Undo,
): Refusal | null => {
  const since = change.at - change.windowMs
  const full = new Set<string>()
  for (const key of change.keys) {
    const hits = hitsOf(shelf.get(tables.windows.keyOf(key)))
    if (hits.reduce((sum, [at, count]) => (at > since ? sum + count : sum), 0) >= change.limit) {
      full.add(key)
      continue
    }
    // One window more is kept, for a clock that is behind.
    const kept: readonly Hit[] = [...hits.filter(([at]) => at > since - change.windowMs), [change.at, 1]]
    shelf.set(tables.windows.keyOf(key), rowOf(key, kept, change.windowMs), undo)
  }
  return full.size === 0 ? null : { type: 'window-full', keys: [...full] }
}

export const moveQuota = (
  tables: CounterTables,
  shelf: Shelf<QuotaRow>,
  change: QuotaChange,
  undo: Undo,
): Refusal | null => {
  const { scope, day } = change
  const key = tables.quotas.keyOf(scope, day)
  const row = shelf.get(key)
  const opened = (ceiling: number): QuotaRow => row ?? { scope, day, granted: 0, ceiling, blocked: false }
  switch (change.type) {
    case 'quota.take': {
      const open = opened(change.ceiling)
      const { granted, ceiling, blocked } = open
      if (blocked || granted + change.count > ceiling) return { type: 'quota', scope, day, granted, ceiling, blocked }
      shelf.set(key, { ...open, granted: granted + change.count }, undo)
      return null
    }
    case 'quota.return':
      if (row !== undefined) shelf.set(key, { ...row, granted: Math.max(0, row.granted - change.count) }, undo)
      return null
    case 'quota.raise': {
      const open = opened(change.to)
      shelf.set(key, { ...open, ceiling: Math.max(open.ceiling, change.to) }, undo)
      return null
    }
    case 'quota.block':
      shelf.set(key, { ...opened(0), blocked: true }, undo)
      return null
  }
}

/** Removes a few rows whose time is long over, so that the tables stay small. `before` leaves room for clocks that differ. */
export const forgetExpired = async (
  session: SqlSession,
  s: string,
  table: 'once' | 'window_hit',
  before: number,
): Promise<void> => {
  await session.query(
    `delete from ${s}.${table} where ctid = any(array(
      select ctid from ${s}.${table} where until < $1::int8 order by until limit 20 for update skip locked))`,
    [before],
  )
}
