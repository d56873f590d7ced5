import type { StorageReads } from '@mailwright/core'
import { recipientsOfKey } from '../apply/recipients.js'
import type { SqlSession } from '../client.js'
import { textArray, toText } from '../text.js'

type RecipientReads = Pick<StorageReads, 'recipients' | 'recipientDomains' | 'knownKeys'>

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
  recipientDomains: ({ group, generation, lane, from, to }) =>
    session.query<{ domain: string; count: number }>(
      `select split_part(coalesce(key, mailbox), '@', -1) as domain, count(*) as count from ${s}.recipient
       where list = $1::text and generation = $2::int8 and lane = $3::text and seq >= $4::int8 and seq < $5::int8 group by 1`,
      [toText(group), generation, toText(lane), from, to],
    ),
  knownKeys: async ({ group, generation, keys }) => {
    const rows = await session.query<{ key: string }>(
      `select k.key from (select distinct key from unnest($3::text[]) as u(key)) k where exists (
         select 1 from ${s}.recipient r where ${recipientsOfKey('k.key', '$1::text', '$2::int8')})`,
      [toText(group), generation, textArray(keys)],
    )
    return rows.map(({ key }) => key)
  },
})
