import type { StorageReads } from '@mailwright/core'
import type { Param, SqlClient } from '../client.js'
import { textArray, toText } from '../text.js'
import { conditionsOf, type GroupSqlRow, groupingOf, toGroup } from './dimensions.js'
import { eventsPage } from './event-pages.js'
import { reporting } from './reporting.js'

type EventReads = Pick<StorageReads, 'eventsPage' | 'people'>

export const eventReads = (client: SqlClient, s: string): EventReads => ({
  eventsPage: (filter) => eventsPage(client, s, filter),
  people: async (filter) => {
    const params: Param[] = [toText(filter.account), textArray(filter.kinds), filter.from, filter.to]
    const where = ['account = $1::text', 'kind = any($2::text[])', 'sent_at >= $3::int8', 'sent_at < $4::int8']
    where.push(...conditionsOf(filter, params))
    const { columns, names, groupBy } = groupingOf(filter, 'sent_at', params)
    // Not count(distinct person): that sorts all events, this keeps one of each person.
    const people = `select distinct ${[...columns, 'person'].join(', ')} from ${s}.event where ${where.join(' and ')}`
    const text = `select ${[...names, 'count(*) as people'].join(', ')} from (${people}) p ${groupBy}`
    const rows = await reporting(client, (session) =>
      session.query<GroupSqlRow & { readonly people: number }>(text, params),
    )
    return rows.map((row) => ({ cell: toGroup(row), people: row.people }))
  },
})
