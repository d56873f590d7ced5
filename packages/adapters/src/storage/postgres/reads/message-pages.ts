import type { MessageFilter, MessageRow, Page } from '@mailwright/core'
import type { Param, SqlSession } from '../client.js'
import { isOfHead } from '../message-head.js'
import { isOfRecipient } from '../message-recipient.js'
import { toBytes, toText } from '../text.js'
import { type MessageSqlRow, messageColumns, toMessage } from './message-row.js'
import { fromCursor, type Place, pageOf } from './page.js'

interface HeadRow {
  readonly head: number
  readonly accepted_at: number
  readonly id_to: string
}

/** Collects parameters for a condition that grows. */
interface Builder {
  readonly params: Param[]
  add(param: Param): string
}

const builder = (): Builder => {
  const params: Param[] = []
  return { params, add: (param) => `$${params.push(param)}` }
}

type Cursor = readonly [number, string] | null

const cursorOf = (filter: MessageFilter): Cursor =>
  filter.cursor === undefined ? null : fromCursor<[number, string]>(filter.cursor, ['number', 'string'])

const placeOf = (row: MessageRow): Place => [row.acceptedAt, row.id]

const headConditions = (filter: MessageFilter, { add }: Builder): string[] => {
  const where = [`h.account = ${add(toText(filter.account))}::text`]
  if (filter.task !== undefined) {
    where.push(`h.task = ${add(toBytes(filter.task))}::bytea`)
    if (filter.task !== '') where.push(`h.task <> ''`)
  }
  if (filter.origin !== undefined) where.push(`h.origin = ${add(toBytes(filter.origin))}::bytea`)
  if (filter.from !== undefined) where.push(`h.accepted_at >= ${add(filter.from)}::int8`)
  if (filter.to !== undefined) where.push(`h.accepted_at < ${add(filter.to)}::int8`)
  return where
}

/** One person has few mails: all of them are found by the hash of the address, then sorted. */
const pageOfRecipient = async (
  session: SqlSession,
  s: string,
  filter: MessageFilter,
  recipientKey: string,
): Promise<Page<MessageRow>> => {
  const query = builder()
  const key = `${query.add(toText(recipientKey))}::text`
  const where = [isOfRecipient(s, key), ...headConditions(filter, query)]
  const cursor = cursorOf(filter)
  if (cursor !== null)
    where.push(`(h.accepted_at, m.id) < (${query.add(cursor[0])}::int8, ${query.add(toBytes(cursor[1]))}::bytea)`)
  const rows = await session.query<MessageSqlRow>(
    `select ${messageColumns} from ${s}.message m join ${s}.message_head h on h.id = m.head where ${where.join(' and ')}
     order by h.accepted_at desc, m.id desc limit ${query.add(filter.limit + 1)}::int8`,
    query.params,
  )
  return pageOf(rows.map(toMessage), filter.limit, placeOf)
}

/** The next heads in the order of their latest message, from `after` on; all that may hold rows below the cursor. */
const nextHeads = async (
  session: SqlSession,
  s: string,
  filter: MessageFilter,
  after: HeadRow | undefined,
  count: number,
): Promise<readonly HeadRow[]> => {
  const query = builder()
  const where = headConditions(filter, query)
  const cursor = cursorOf(filter)
  if (cursor !== null) {
    const at = `${query.add(cursor[0])}::int8`
    where.push(`h.accepted_at <= ${at}`)
    where.push(`(h.accepted_at < ${at} or h.id_from < ${query.add(toBytes(cursor[1]))}::bytea)`)
  }
  if (after !== undefined) {
    const { accepted_at, id_to, head } = after
    where.push(
      `(h.accepted_at, h.id_to, h.id) < (${query.add(accepted_at)}::int8, ${query.add(toBytes(id_to))}::bytea, ${query.add(head)}::int8)`,
    )
  }
  return session.query<HeadRow>(
    `select h.id as head, h.accepted_at, h.id_to from ${s}.message_head h where ${where.join(' and ')}
     order by h.accepted_at desc, h.id_to desc, h.id desc limit ${query.add(count)}::int8`,
    query.params,
  )
}

/** Of each head its newest ones, as many as a page may need. */
const messagesOf = async (
  session: SqlSession,
  s: string,
  heads: readonly HeadRow[],
  cursor: Cursor,
  limit: number,
): Promise<readonly MessageRow[]> => {
  const query = builder()
  const list = `${query.add(`{${heads.map(({ head }) => head).join(',')}}`)}::int8[]`
  const most = `${query.add(limit)}::int8`
  const below =
    cursor === null
      ? ''
      : `and (h.accepted_at, m.id) < (${query.add(cursor[0])}::int8, ${query.add(toBytes(cursor[1]))}::bytea)`
  const rows = await session.query<MessageSqlRow>(
    `select ${messageColumns} from ${s}.message_head h cross join lateral (
       select * from ${s}.message m where ${isOfHead('m', 'h')} ${below} order by m.id desc limit ${most}) m
     where h.id = any(${list}) order by h.accepted_at desc, m.id desc limit ${most}`,
    query.params,
  )
  return rows.map(toMessage)
}

const isBefore = (row: MessageRow, head: HeadRow): boolean =>
  row.acceptedAt !== head.accepted_at ? row.acceptedAt > head.accepted_at : toBytes(row.id) > toBytes(head.id_to)

const newestFirst = (a: MessageRow, b: MessageRow): number => {
  if (a.acceptedAt !== b.acceptedAt) return b.acceptedAt - a.acceptedAt
  const left = toBytes(a.id)
  const right = toBytes(b.id)
  return left < right ? 1 : left > right ? -1 : 0
}

/**
 * Messages have no index by account, task or origin; their heads have. Heads are walked from the newest until no further one can hold a row
 * that belongs on the page. A flush makes one head, so that a page costs a few ranges of the primary key.
 */
const pageByHeads = async (session: SqlSession, s: string, filter: MessageFilter): Promise<Page<MessageRow>> => {
  const cursor = cursorOf(filter)
  const wanted = filter.limit + 1
  let found: MessageRow[] = []
  let after: HeadRow | undefined
  for (let count = 8; ; count = Math.min(256, count * 4)) {
    const heads = await nextHeads(session, s, filter, after, count)
    if (heads.length > 0) found.push(...(await messagesOf(session, s, heads, cursor, wanted)))
    found = found.sort(newestFirst).slice(0, wanted)
    const last = heads[heads.length - 1]
    if (last === undefined || heads.length < count) break
    const lowest = found[wanted - 1]
    if (lowest !== undefined && isBefore(lowest, last)) break
    after = last
  }
  return pageOf(found, filter.limit, placeOf)
}

export const messagesPage = (session: SqlSession, s: string, filter: MessageFilter): Promise<Page<MessageRow>> =>
  filter.recipientKey === undefined
    ? pageByHeads(session, s, filter)
    : pageOfRecipient(session, s, filter, filter.recipientKey)
