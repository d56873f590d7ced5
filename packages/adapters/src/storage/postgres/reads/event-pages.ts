import type { EventFilter, EventRow, Page } from '@mailwright/core'
import type { Param, SqlSession } from '../client.js'
import { isOfRecipient } from '../message-recipient.js'
import { recipientDomainHash } from '../migrations/0003-growth.js'
import { textArray, toText } from '../text.js'
import { type EventSqlRow, eventColumns, toEvent } from './event-row.js'
import { fromCursor, pageOf } from './page.js'

const KINDS = '$1::text[]'
const LIMIT = '$2::int8'
const ACCOUNT = '$3::text'

const cursorOf = ({ cursor }: EventFilter): readonly [number, string] | null =>
  cursor === undefined ? null : fromCursor<[number, string]>(cursor, ['number', 'string'])

/** Conditions on `event e`, but for the kind and the recipient domain. */
const conditions = (filter: EventFilter, params: Param[]): readonly string[] => {
  const add = (param: Param): string => `$${params.push(param)}`
  const where = [`e.account = ${ACCOUNT}`]
  if (filter.from !== undefined) where.push(`e.at >= ${add(filter.from)}::int8`)
  if (filter.to !== undefined) where.push(`e.at < ${add(filter.to)}::int8`)
  if (filter.sentFrom !== undefined) where.push(`e.sent_at >= ${add(filter.sentFrom)}::int8`)
  if (filter.sentTo !== undefined) where.push(`e.sent_at < ${add(filter.sentTo)}::int8`)
  if (filter.domains !== undefined) where.push(`e.domain = any(${add(textArray(filter.domains))}::text[])`)
  const cursor = cursorOf(filter)
  if (cursor !== null) {
    const [at, key] = cursor
    where.push(`(e.at, e.key) < (${add(at)}::int8, ${add(toText(key))}::text)`)
  }
  return where
}

/**
 * The newest of each group by an index that ends in `at`, then the newest of these. The inner one finds how far back a page reaches without sorting
 * anything: what is sorted then is one page and what happened at its last instant, however much the planner errs.
 */
const newestOf = (s: string, groups: string, where: readonly string[]): string => {
  const those = `from ${s}.event e where ${where.join(' and ')}`
  return `
  select ${eventColumns} from ${groups} cross join lateral (
    select * ${those} and e.at >= (select min(at) from (select e.at ${those} order by e.at desc limit ${LIMIT}) l)
    order by e.at desc, e.key desc limit ${LIMIT}) e
  order by e.at desc, e.key desc limit ${LIMIT}`
}

const byTime = (s: string, where: readonly string[]): string =>
  newestOf(s, `unnest(${KINDS}) as k(kind)`, ['e.kind = k.kind', ...where])

const byRecipientDomain = (s: string, where: readonly string[], domains: string): string => {
  const stored = recipientDomainHash('e.account', 'e.kind', 'e.recipient_domain')
  const wanted = recipientDomainHash(ACCOUNT, 'k.kind', 'd.name')
  const groups = `unnest(${KINDS}) as k(kind) cross join (select distinct u.name from unnest(${domains}) as u(name)) d`
  return newestOf(s, groups, [`${stored} = ${wanted}`, 'e.kind = k.kind', 'e.recipient_domain = d.name', ...where])
}

/** One person has few messages: they are found by the hash of the address, as `person` always is the recipient key of the message. */
const byPerson = (s: string, where: readonly string[], person: string): string => `
  select ${eventColumns} from ${s}.message m join ${s}.event e on e.message = m.id
  where ${isOfRecipient(s, person)} and e.kind = any(${KINDS}) and ${where.join(' and ')}
  order by e.at desc, e.key desc limit ${LIMIT}`

/** All of the mails sent then, by the index on their sending, sorted. `offset 0`: or the planner walks by time after all, for the sake of the limit. */
const bySending = (s: string, where: readonly string[]): string => `
  select ${eventColumns} from (
    select * from ${s}.event e where e.kind = any(${KINDS}) and ${where.join(' and ')} offset 0) e
  order by e.at desc, e.key desc limit ${LIMIT}`

/**
 * Events of mail sent long ago lie deep: a walk by time passes all that happened since. Events of a short time are sooner read than those of a long one,
 * so the shorter of the two says which way to take.
 */
const liesDeep = async (session: SqlSession, s: string, filter: EventFilter): Promise<boolean> => {
  const { account, kinds, sentFrom = 0, sentTo, to } = filter
  if (sentTo === undefined) return false
  const [row] = await session.query<{ newest: number | null }>(
    `select max(l.at) as newest from unnest($1::text[]) as k(kind) cross join lateral (
       select at from ${s}.event e where e.account = $2::text and e.kind = k.kind order by at desc limit 1) l`,
    [textArray([...new Set(kinds)]), toText(account)],
  )
  const top = Math.min(
    row?.newest ?? 0,
    to ?? Number.POSITIVE_INFINITY,
    cursorOf(filter)?.[0] ?? Number.POSITIVE_INFINITY,
  )
  return sentTo - sentFrom < top - sentTo
}

const pageText = async (session: SqlSession, s: string, filter: EventFilter, params: Param[]): Promise<string> => {
  const where = conditions(filter, params)
  const { person, recipientDomains } = filter
  const domains = recipientDomains && `$${params.push(textArray(recipientDomains))}::text[]`
  if (person !== undefined) {
    const ofDomain = domains === undefined ? [] : [`e.recipient_domain = any(${domains})`]
    return byPerson(s, [...ofDomain, ...where], `$${params.push(toText(person))}::text`)
  }
  if (domains !== undefined) return byRecipientDomain(s, where, domains)
  return (await liesDeep(session, s, filter)) ? bySending(s, where) : byTime(s, where)
}

export const eventsPage = async (session: SqlSession, s: string, filter: EventFilter): Promise<Page<EventRow>> => {
  const params: Param[] = [textArray([...new Set(filter.kinds)]), filter.limit + 1, toText(filter.account)]
  const text = await pageText(session, s, filter, params)
  const rows = await session.query<EventSqlRow>(text, params)
  return pageOf(rows.map(toEvent), filter.limit, (row) => [row.at, row.key])
}
