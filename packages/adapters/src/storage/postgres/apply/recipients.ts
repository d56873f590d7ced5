import type { Change } from '@mailwright/core'
import type { SqlTransaction } from '../client.js'
import { storedList } from '../stored-json.js'
import { jsonList, jsonTexts, numberArray, optionalTextArray, textArray, toJsonRows, toText } from '../text.js'

export type RecipientChange = Extract<Change, { type: `recipients.${string}` }>

/** Rows are taken for new unless `careful`: see isKnownRow in errors.ts. */
const append = (
  session: SqlTransaction,
  s: string,
  { group, generation, rows }: Extract<RecipientChange, { type: 'recipients.append' }>,
  careful: boolean,
): void => {
  if (rows.length === 0) return
  const inOrder = [...rows].sort((a, b) => (a.lane === b.lane ? a.seq - b.seq : a.lane < b.lane ? -1 : 1))
  session.send(
    `insert into ${s}.recipient (list, generation, lane, seq, mailbox, key, field_values)
     select $1::text, $2::int8, lane, seq, mailbox, key, field_values
     from unnest($3::text[], $4::int4[], $5::text[], $6::text[], ${jsonTexts('$7')}) as x(lane, seq, mailbox, key, field_values)
     ${careful ? 'on conflict do nothing' : ''}`,
    [
      group,
      generation,
      textArray(inOrder.map((row) => row.lane)),
      numberArray(inOrder.map((row) => row.seq)),
      textArray(inOrder.map((row) => row.mailbox)),
      optionalTextArray(inOrder.map((row) => (row.key === row.mailbox ? null : row.key))),
      jsonList(inOrder.map((row) => JSON.stringify(row.values))),
    ],
  )
}

const drop = (
  session: SqlTransaction,
  s: string,
  { group, generation, from }: Extract<RecipientChange, { type: 'recipients.drop' }>,
): void => {
  const kept = Object.entries(from ?? {}).map(([lane, seq]) => ({ lane, seq }))
  session.send(
    `delete from ${s}.recipient r where list = $1::text and generation = $2::int8 and not exists (
       select 1 from json_to_recordset($3::json) as k(lane text, seq int4) where k.lane = r.lane and r.seq < k.seq)`,
    [group, generation, toJsonRows(kept)],
  )
}

/**
 * What the planner must see to use the index recipient_by_key, and nothing by which it could read the whole list instead: of one that has grown since it was
 * last analysed it believes that it is short.
 */
export const recipientsOfKey = (key: string, group: string, generation: string): string =>
  `hashtextextended(coalesce(r.key, r.mailbox), hashtextextended(r.list, r.generation))
     = hashtextextended(${key}, hashtextextended(${group}, ${generation}))
   and r.list || '' = ${group} and r.generation + 0 = ${generation} and coalesce(r.key, r.mailbox) = ${key}`

/** How many values a row has, only its own text says: one person has few rows, so they are read. */
const erase = async (
  session: SqlTransaction,
  s: string,
  { group, generation, key, tombstone }: Extract<RecipientChange, { type: 'recipients.erase' }>,
): Promise<void> => {
  const list = [toText(group), generation] as const
  const rows = await session.query<{ lane: string; seq: number; field_values: string }>(
    `select lane, seq, field_values from ${s}.recipient r where ${recipientsOfKey('$3::text', '$1::text', '$2::int8')}
     order by lane, seq for update`,
    [...list, toText(key)],
  )
  if (rows.length === 0) return
  const blank = rows.map((row) => JSON.stringify(storedList<string>(row.field_values).map(() => '')))
  session.send(
    `update ${s}.recipient r set mailbox = $3::text, key = null, field_values = x.field_values
     from unnest($4::text[], $5::int4[], $6::text[]) as x(lane, seq, field_values)
     where r.list = $1::text and r.generation = $2::int8 and r.lane = x.lane and r.seq = x.seq`,
    [
      ...list,
      toText(tombstone),
      textArray(rows.map((row) => row.lane)),
      numberArray(rows.map((row) => row.seq)),
      textArray(blank),
    ],
  )
}

export const writeRecipients = async (
  session: SqlTransaction,
  s: string,
  changes: readonly RecipientChange[],
  careful: boolean,
): Promise<void> => {
  for (const change of changes) {
    if (change.type === 'recipients.append') append(session, s, change, careful)
    else if (change.type === 'recipients.drop') drop(session, s, change)
    else await erase(session, s, change)
  }
}
