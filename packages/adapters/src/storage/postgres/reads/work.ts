import type { StorageReads } from '@mailwright/core'
import type { SqlClient } from '../client.js'
import { idOf, textArray, toText } from '../text.js'
import { toWork, type WorkSqlRow, workColumns } from '../work-row.js'
import { reporting } from './reporting.js'

type WorkReads = Pick<StorageReads, 'works' | 'queuedMails' | 'nextDue' | 'ranks'>

export const workReads = (client: SqlClient, s: string): WorkReads => ({
  works: async ({ kind, parent }) => {
    const rows = await client.query<WorkSqlRow>(
      `select ${workColumns()} from ${s}.work where kind = $1::text and parent = $2::text
       ${parent === '' ? '' : `and parent <> ''`} order by key`,
      [toText(kind), toText(parent)],
    )
    return rows.map(toWork)
  },
  queuedMails: async ({ kinds, account }) => {
    const rows = await reporting(client, (session) =>
      session.query<{ sender_domain: string; recipient_domain: string; count: number }>(
        `select h.sender_domain, split_part(coalesce(m.recipient_key, m.mailbox), '@', -1) as recipient_domain, count(*) as count
         from ${s}.work w join ${s}.message m on m.id = ${idOf('w.key')} join ${s}.message_head h on h.id = m.head
         where w.kind = any($1::text[]) and w.account = $2::text group by 1, 2`,
        [textArray([...new Set(kinds)]), toText(account)],
      ),
    )
    return rows.map((row) => ({
      senderDomain: row.sender_domain,
      recipientDomain: row.recipient_domain,
      count: row.count,
    }))
  },
  nextDue: async ({ kinds, takeoverMs }) => {
    // Work that is not ready is never held: its part of the question is the first entry of an index.
    const [row] = await client.query<{ next: number | null }>(
      `select least(
         (select min(l.due_at) from unnest($1::text[]) as k(kind) cross join lateral (
            select min(due_at) as due_at from ${s}.work where kind = k.kind and not ready) l),
         (select min(case when token is null then due_at else lease_until + $2::int8 end) from ${s}.work
          where kind = any($1::text[]) and ready)) as next`,
      [textArray([...new Set(kinds)]), takeoverMs],
    )
    return row?.next ?? null
  },
  ranks: async ({ kind, account }) => {
    const [row] = await client.query<{ floor: number | null; last: number | null }>(
      `select floor, last from ${s}.rank_ends($1::text, $2::text)`,
      [toText(kind), toText(account)],
    )
    return { floor: row?.floor ?? null, last: row?.last ?? null }
  },
})
