import type { Change } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { numberArray, optionalTextArray, textArray, toJsonRows } from '../text.js'

export type RecipientChange = Extract<Change, { type: 'recipients.append' | 'recipients.drop' }>

const append = async (
  session: SqlSession,
  s: string,
  { group, generation, rows }: Extract<RecipientChange, { type: 'recipients.append' }>,
): Promise<void> => {
  if (rows.length === 0) return
  const inOrder = [...rows].sort((a, b) => (a.lane === b.lane ? a.seq - b.seq : a.lane < b.lane ? -1 : 1))
  await session.query(
    `insert into ${s}.recipient (list, generation, lane, seq, mailbox, key, field_values)
     select $1::text, $2::int8, lane, seq, mailbox, key, field_values
     from unnest($3::text[], $4::int4[], $5::text[], $6::text[], $7::text[]) as x(lane, seq, mailbox, key, field_values)
     on conflict do nothing`,
    [
      group,
      generation,
      textArray(inOrder.map((row) => row.lane)),
      numberArray(inOrder.map((row) => row.seq)),
      textArray(inOrder.map((row) => row.mailbox)),
      optionalTextArray(inOrder.map((row) => (row.key === row.mailbox ? null : row.key))),
      textArray(inOrder.map((row) => JSON.stringify(row.values))),
    ],
  )
}

const drop = async (
  session: SqlSession,
  s: string,
  { group, generation, from }: Extract<RecipientChange, { type: 'recipients.drop' }>,
): Promise<void> => {
  const kept = Object.entries(from ?? {}).map(([lane, seq]) => ({ lane, seq }))
  await session.query(
    `delete from ${s}.recipient r where list = $1::text and generation = $2::int8 and not exists (
       select 1 from json_to_recordset($3::json) as k(lane text, seq int4) where k.lane = r.lane and r.seq < k.seq)`,
    [group, generation, toJsonRows(kept)],
  )
}

export const writeRecipients = async (
  session: SqlSession,
  s: string,
  changes: readonly RecipientChange[],
): Promise<void> => {
  for (const change of changes) {
    if (change.type === 'recipients.append') await append(session, s, change)
    else await drop(session, s, change)
  }
}
