import type { StorageReads } from '@mailwright/core'
import { recipientsOfKey } from '../apply/recipients.js'
import type { SqlClient } from '../client.js'
import { storedList } from '../stored-json.js'
import { textArray, toText } from '../text.js'

type RecipientReads = Pick<StorageReads, 'recipients' | 'recipientDomains' | 'knownKeys'>

interface RecipientSqlRow {
  readonly lane: string
  readonly seq: number
  readonly mailbox: string
  readonly key: string | null
  readonly field_values: string
}

export const recipientReads = (client: SqlClient, s: string): RecipientReads => ({
  recipients: async ({ group, generation, lane, from, to }) => {
    const rows = await client.query<RecipientSqlRow>(
      `select lane, seq, mailbox, key, field_values from ${s}.recipient
       where list = $1::text and generation = $2::int8 and lane = $3::text and seq >= $4::int8 and seq < $5::int8 order by seq`,
      [toText(group), generation, toText(lane), from, to],
    )
    return rows.map((row) => ({
      lane: row.lane,
      seq: row.seq,
      mailbox: row.mailbox,
      key: row.key ?? row.mailbox,
      // Without values its mail fails as one that lacks a variable; the others of its chunk go.
      values: storedList<string>(row.field_values),
    }))
  },
  recipientDomains: ({ group, generation, lane, from, to }) =>
    client.query<{ domain: string; count: number }>(
      `select split_part(coalesce(key, mailbox), '@', -1) as domain, count(*) as count from ${s}.recipient
       where list = $1::text and generation = $2::int8 and lane = $3::text and seq >= $4::int8 and seq < $5::int8 group by 1`,
      [toText(group), generation, toText(lane), from, to],
    ),
  knownKeys: async ({ group, generation, keys }) => {
    // One look into the index for each key: joined, the whole list would be read. In a transaction for how that plans its statements (see pg-client.ts).
    const rows = await client.transaction((session) =>
      session.query<{ key: string }>(
        `select k.key from (select distinct key from unnest($3::text[]) as u(key)) k cross join lateral (
           select 1 from ${s}.recipient r where ${recipientsOfKey('k.key', '$1::text', '$2::int8')} limit 1) as known`,
        [toText(group), generation, textArray(keys)],
      ),
    )
    return rows.map(({ key }) => key)
  },
})
