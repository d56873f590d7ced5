import type { StorageReads } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { textArray, toText } from '../text.js'

type RecipientReads = Pick<StorageReads, 'recipients' | 'knownKeys'>

interface RecipientSqlRow {
  readonly lane: string
  readonly seq: number
  readonly mailbox: string
  readonly key: string | null
  readonly field_values: string
}

export const recipientReads = (session: SqlSession, s: string): RecipientReads => ({
  recipients: async ({ group, generation, lane, from, to }) => {
    const rows = await session.query<RecipientSqlRow>(
      `select lane, seq, mailbox, key, field_values from ${s}.recipient
       where list = $1::text and generation = $2::int8 and lane = $3::text and seq >= $4::int8 and seq < $5::int8 order by seq`,
      [toText(group), generation, toText(lane), from, to],
    )
    return rows.map((row) => ({
      lane: row.lane,
      seq: row.seq,
      mailbox: row.mailbox,
      key: row.key ?? row.mailbox,
      values: JSON.parse(row.field_values),
    }))
  },
  knownKeys: async ({ group, generation, keys }) => {
    const rows = await session.query<{ key: string }>(
      `select k.key from (select distinct key from unnest($3::text[]) as u(key)) k where exists (
         select 1 from ${s}.recipient r where
           hashtextextended(coalesce(r.key, r.mailbox), hashtextextended(r.list, r.generation))
             = hashtextextended(k.key, hashtextextended($1::text, $2::int8))
           and r.list = $1::text and r.generation = $2::int8 and coalesce(r.key, r.mailbox) = k.key)`,
      [toText(group), generation, textArray(keys)],
    )
    return rows.map(({ key }) => key)
  },
})
