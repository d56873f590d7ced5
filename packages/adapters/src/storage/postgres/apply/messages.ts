import type { MessageRow } from '@mailwright/core'
import type { SqlSession, SqlTransaction } from '../client.js'
import { bytesArray, numberArray, optionalTextArray, textArray, toBytes, toJsonRows } from '../text.js'
import { headsOf } from './message-heads.js'

/** What of a stored message an observation can change, and whose it is. */
export interface MessageState {
  facts: number
  attempt: number
  lastAt: number
  lastReply: string
  /** Never changes. */
  readonly bucket: number
  readonly recipientKey: string
}

const byId = (a: { readonly bytes: string }, b: { readonly bytes: string }): number =>
  a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0

// Lists that are shorter than the ids are filled up with null: empty ones say "all of the first shape" and "no key of its own".
const insertText = (s: string, skip: boolean): string => `
with h as materialized (
  select nextval('${s}.message_head_id') as id, x.* from json_to_recordset($1::json) as x(n int4, account text, task bytea,
    origin bytea, lane text, sender_domain text, template bytea, accepted_at int8, id_from bytea, id_to bytea)),
heads as (
  insert into ${s}.message_head (id, account, task, origin, lane, sender_domain, template, accepted_at, id_from, id_to)
  select id, account, task, origin, lane, sender_domain, template, accepted_at, id_from, id_to from h),
shapes as materialized (
  select array_agg(h.id order by k.at) as head from unnest($2::int4[]) with ordinality as k(n, at) join h using (n))
insert into ${s}.message (id, head, facts, attempt, bucket, seq, mailbox, recipient_key, last_at, last_reply)
select x.id, k.head[coalesce(x.shape, 1)], ($3::int4[])[coalesce(x.shape, 1)], ($4::int4[])[coalesce(x.shape, 1)],
  ($5::int8[])[coalesce(x.shape, 1)], x.seq, x.mailbox, x.recipient_key, x.last_at, x.last_reply
from unnest($6::bytea[], $7::int4[], $8::int4[], $9::text[], $10::text[], $11::int8[], $12::text[])
  as x(id, shape, seq, mailbox, recipient_key, last_at, last_reply), shapes k
${skip ? 'on conflict do nothing returning id' : ''}`

/**
 * Inserts those that are absent, in the order of their ids; answers the ids inserted. Without `skip` none may exist: one that does
 * fails the transaction (unique violation), and the others cost a third less.
 */
export const insertMessages = async (
  session: SqlTransaction,
  s: string,
  rows: readonly MessageRow[],
  skip: boolean,
): Promise<ReadonlySet<string>> => {
  if (rows.length === 0) return new Set()
  const sorted = rows.map((row) => ({ row, bytes: toBytes(row.id) })).sort(byId)
  const { heads, shapes, shapeOfRow } = headsOf(sorted)
  const ownKeys = sorted.map(({ row }) => (row.recipientKey === row.mailbox ? null : row.recipientKey))
  const text = insertText(s, skip)
  const params = [
    toJsonRows(heads),
    numberArray(shapes.map(({ head }) => head)),
    numberArray(shapes.map(({ facts }) => facts)),
    numberArray(shapes.map(({ attempt }) => attempt)),
    numberArray(shapes.map(({ bucket }) => bucket)),
    bytesArray(sorted.map(({ bytes }) => bytes)),
    shapes.length === 1 ? '{}' : numberArray(shapeOfRow),
    numberArray(sorted.map(({ row }) => row.seq)),
    textArray(sorted.map(({ row }) => row.mailbox)),
    ownKeys.some((key) => key !== null) ? optionalTextArray(ownKeys) : '{}',
    numberArray(sorted.map(({ row }) => row.lastAt)),
    textArray(sorted.map(({ row }) => row.lastReply)),
  ]
  if (skip) return new Set((await session.query<{ id: string }>(text, params)).map(({ id }) => id))
  session.send(text, params)
  return new Set(rows.map(({ id }) => id))
}

interface StateRow {
  readonly id: string
  readonly facts: number
  readonly attempt: number
  readonly last_at: number
  readonly last_reply: string
  readonly bucket: number
  readonly recipient_key: string
}

export const lockMessages = async (
  session: SqlSession,
  s: string,
  ids: readonly string[],
): Promise<Map<string, MessageState>> => {
  const states = new Map<string, MessageState>()
  if (ids.length === 0) return states
  const rows = await session.query<StateRow>(
    `select id, facts, attempt, last_at, last_reply, bucket, coalesce(recipient_key, mailbox) as recipient_key
     from ${s}.message where id = any($1::bytea[]) order by id for update`,
    [bytesArray(ids.map(toBytes))],
  )
  for (const row of rows)
    states.set(row.id, {
      facts: row.facts,
      attempt: row.attempt,
      lastAt: row.last_at,
      lastReply: row.last_reply,
      bucket: row.bucket,
      recipientKey: row.recipient_key,
    })
  return states
}

/** No indexed column changes, so the rows stay where they are (HOT). */
export const updateMessages = (
  session: SqlTransaction,
  s: string,
  states: readonly (readonly [string, MessageState])[],
): void => {
  if (states.length === 0) return
  session.send(
    `update ${s}.message m set facts = x.facts, attempt = x.attempt, last_at = x.last_at, last_reply = x.last_reply
     from unnest($1::bytea[], $2::int4[], $3::int4[], $4::int8[], $5::text[])
       as x(id, facts, attempt, last_at, last_reply) where m.id = x.id`,
    [
      bytesArray(states.map(([id]) => toBytes(id))),
      numberArray(states.map(([, state]) => state.facts)),
      numberArray(states.map(([, state]) => state.attempt)),
      numberArray(states.map(([, state]) => state.lastAt)),
      textArray(states.map(([, state]) => state.lastReply)),
    ],
  )
}
