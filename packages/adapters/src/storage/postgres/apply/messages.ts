import type { MessageRow } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { bytesArray, numberArray, optionalTextArray, textArray, toBytes, toJsonRows } from '../text.js'
import { compositeKey } from './shelf.js'

/** What of a stored message can change. */
export interface MessageState {
  facts: number
  attempt: number
  lastAt: number
  lastReply: string
  bucket: number
}

/** What the messages of one flush have in common is written once, with the range of their ids: the way from a list to its messages. */
interface Head {
  readonly n: number
  readonly account: string
  readonly task: string
  readonly origin: string
  readonly lane: string
  readonly sender_domain: string
  readonly template: string
  readonly accepted_at: number
  id_from: string
  id_to: string
}

const byId = (a: { readonly bytes: string }, b: { readonly bytes: string }): number =>
  a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0

const headName = (row: MessageRow): string =>
  compositeKey(row.account, row.task, row.origin, row.lane, row.senderDomain, row.template, String(row.acceptedAt))

const newHead = (row: MessageRow, n: number, bytes: string): Head => ({
  n,
  account: row.account,
  task: toBytes(row.task),
  origin: toBytes(row.origin),
  lane: row.lane,
  sender_domain: row.senderDomain,
  template: toBytes(row.template),
  accepted_at: row.acceptedAt,
  id_from: bytes,
  id_to: bytes,
})

const insertText = (s: string, skip: boolean): string => `
with h as materialized (
  select nextval('${s}.message_head_id') as id, x.* from json_to_recordset($1::json) as x(n int4, account text, task bytea,
    origin bytea, lane text, sender_domain text, template bytea, accepted_at int8, id_from bytea, id_to bytea)),
heads as (
  insert into ${s}.message_head (id, account, task, origin, lane, sender_domain, template, accepted_at, id_from, id_to)
  select id, account, task, origin, lane, sender_domain, template, accepted_at, id_from, id_to from h),
numbers as materialized (select array_agg(id order by n) as id from h),
inserted as (
  insert into ${s}.message (id, head, seq, mailbox, recipient_key, facts, attempt, bucket, last_at, last_reply)
  select x.id, numbers.id[x.n], x.seq, x.mailbox, x.recipient_key, x.facts, x.attempt, x.bucket, x.last_at, x.last_reply
  from unnest($2::bytea[], $3::int4[], $4::int4[], $5::text[], $6::text[], $7::int4[], $8::int4[], $9::int8[], $10::int8[],
    $11::text[]) as x(id, n, seq, mailbox, recipient_key, facts, attempt, bucket, last_at, last_reply), numbers
  ${skip ? 'on conflict do nothing' : ''} returning id)
select count(*)::int4 as count, case when count(*) < $12::int4 then coalesce(string_agg(encode(id, 'hex'), ','), '') end as ids
from inserted`

/**
 * Inserts those that are absent, in the order of their ids; answers the ids inserted. Without `skip` none may exist: one that does
 * fails the transaction (unique violation), and the others cost a third less.
 */
export const insertMessages = async (
  session: SqlSession,
  s: string,
  rows: readonly MessageRow[],
  skip: boolean,
): Promise<ReadonlySet<string>> => {
  if (rows.length === 0) return new Set()
  const heads = new Map<string, Head>()
  const sorted = rows.map((row) => ({ row, bytes: toBytes(row.id) })).sort(byId)
  const numbers = sorted.map(({ row, bytes }) => {
    const name = headName(row)
    const head = heads.get(name)
    if (head !== undefined) {
      head.id_to = bytes
      return head.n
    }
    heads.set(name, newHead(row, heads.size + 1, bytes))
    return heads.size
  })
  const [answer] = await session.query<{ count: number; ids: string | null }>(insertText(s, skip), [
    toJsonRows([...heads.values()]),
    bytesArray(sorted.map(({ bytes }) => bytes)),
    numberArray(numbers),
    numberArray(sorted.map(({ row }) => row.seq)),
    textArray(sorted.map(({ row }) => row.mailbox)),
    optionalTextArray(sorted.map(({ row }) => (row.recipientKey === row.mailbox ? null : row.recipientKey))),
    numberArray(sorted.map(({ row }) => row.facts)),
    numberArray(sorted.map(({ row }) => row.attempt)),
    numberArray(sorted.map(({ row }) => row.bucket)),
    numberArray(sorted.map(({ row }) => row.lastAt)),
    textArray(sorted.map(({ row }) => row.lastReply)),
    rows.length,
  ])
  const ids = answer?.ids
  if (ids === null || ids === undefined) return new Set(rows.map((row) => row.id))
  const inserted = new Set(ids.split(','))
  return new Set(sorted.filter(({ bytes }) => inserted.has(bytes.slice(2))).map(({ row }) => row.id))
}

interface StateRow {
  readonly id: string
  readonly facts: number
  readonly attempt: number
  readonly last_at: number
  readonly last_reply: string
  readonly bucket: number
}

export const lockMessages = async (
  session: SqlSession,
  s: string,
  ids: readonly string[],
): Promise<Map<string, MessageState>> => {
  const states = new Map<string, MessageState>()
  if (ids.length === 0) return states
  const rows = await session.query<StateRow>(
    `select id, facts, attempt, last_at, last_reply, bucket from ${s}.message where id = any($1::bytea[]) order by id for update`,
    [bytesArray(ids.map(toBytes))],
  )
  for (const row of rows)
    states.set(row.id, {
      facts: row.facts,
      attempt: row.attempt,
      lastAt: row.last_at,
      lastReply: row.last_reply,
      bucket: row.bucket,
    })
  return states
}

/** No indexed column changes, so the rows stay where they are (HOT). */
export const updateMessages = async (
  session: SqlSession,
  s: string,
  states: readonly (readonly [string, MessageState])[],
): Promise<void> => {
  if (states.length === 0) return
  await session.query(
    `update ${s}.message m set facts = x.facts, attempt = x.attempt, bucket = x.bucket, last_at = x.last_at, last_reply = x.last_reply
     from unnest($1::bytea[], $2::int4[], $3::int4[], $4::int8[], $5::int8[], $6::text[])
       as x(id, facts, attempt, bucket, last_at, last_reply) where m.id = x.id`,
    [
      bytesArray(states.map(([id]) => toBytes(id))),
      numberArray(states.map(([, state]) => state.facts)),
      numberArray(states.map(([, state]) => state.attempt)),
      numberArray(states.map(([, state]) => state.bucket)),
      numberArray(states.map(([, state]) => state.lastAt)),
      textArray(states.map(([, state]) => state.lastReply)),
    ],
  )
}
