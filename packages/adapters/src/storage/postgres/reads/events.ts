import type { EventFilter, StorageReads } from '@mailwright/core'
import type { Param, SqlClient } from '../client.js'
import { textArray, toText } from '../text.js'
import { conditionsOf, type GroupSqlRow, groupingOf, toGroup } from './dimensions.js'
import { type EventSqlRow, eventColumns, toEvent } from './event-row.js'
import { fromCursor, pageOf } from './page.js'
import { reporting } from './reporting.js'

type EventReads = Pick<StorageReads, 'eventsPage' | 'people'>

/** Conditions on `event e`, but for the kind. */
const conditions = (filter: EventFilter, params: Param[]): readonly string[] => {
  const add = (param: Param): string => `$${params.push(param)}`
  const where = [`e.account = ${add(toText(filter.account))}::text`]
  if (filter.from !== undefined) where.push(`e.at >= ${add(filter.from)}::int8`)
  if (filter.to !== undefined) where.push(`e.at < ${add(filter.to)}::int8`)
  if (filter.sentFrom !== undefined) where.push(`e.sent_at >= ${add(filter.sentFrom)}::int8`)
  if (filter.sentTo !== undefined) where.push(`e.sent_at < ${add(filter.sentTo)}::int8`)
  if (filter.domains !== undefined) where.push(`e.domain = any(${add(textArray(filter.domains))}::text[])`)
  if (filter.recipientDomains !== undefined)
    where.push(`e.recipient_domain = any(${add(textArray(filter.recipientDomains))}::text[])`)
  if (filter.cursor !== undefined) {
    const [at, key] = fromCursor<[number, string]>(filter.cursor, ['number', 'string'])
    where.push(`(e.at, e.key) < (${add(at)}::int8, ${add(toText(key))}::text)`)
  }
  return where
}

/** The newest of each kind by the index on (account, kind, at, key), then the newest of these. */
const byTime = (s: string, kinds: string, where: readonly string[], limit: string): string => `
  select ${eventColumns} from unnest(${kinds}) as k(kind) cross join lateral (
    select * from ${s}.event e where e.kind = k.kind and ${where.join(' and ')}
    order by e.at desc, e.key desc limit ${limit}) e
  order by e.at desc, e.key desc limit ${limit}`

/** One person has few messages: they are found by the hash of the address, as `person` always is the recipient key of the message. */
const byPerson = (s: string, kinds: string, where: readonly string[], limit: string, person: string): string => `
  select ${eventColumns} from ${s}.message m join ${s}.event e on e.message = m.id
  where hashtextextended(coalesce(m.recipient_key, m.mailbox), 0) = hashtextextended(${person}, 0)
    and coalesce(m.recipient_key, m.mailbox) = ${person} and e.kind = any(${kinds}) and ${where.join(' and ')}
  order by e.at desc, e.key desc limit ${limit}`

export const eventReads = (client: SqlClient, s: string): EventReads => ({
  eventsPage: async (filter) => {
    const params: Param[] = [textArray([...new Set(filter.kinds)]), filter.limit + 1]
    const where = conditions(filter, params)
    const person = filter.person === undefined ? null : `$${params.push(toText(filter.person))}::text`
    const shape = [s, '$1::text[]', where, '$2::int8'] as const
    const rows = await client.query<EventSqlRow>(
      person === null ? byTime(...shape) : byPerson(...shape, person),
      params,
    )
    return pageOf(rows.map(toEvent), filter.limit, (row) => [row.at, row.key])
  },
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
