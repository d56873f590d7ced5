import type { Page, StorageReads } from '@mailwright/core'
import { grouped, isAsked, talliesOf } from './groups.js'
import { inOrder, type State, same } from './rows.js'

const whole = <T>(items: readonly T[]): Page<T> => ({ items, next: null })

const isWithin = (value: number, from: number | undefined, to: number | undefined): boolean =>
  (from === undefined || value >= from) && (to === undefined || value < to)

const fits = (asked: string | undefined, value: string): boolean => asked === undefined || asked === value

/** Every page holds all there is. */
export const readsOf = (now: () => State): StorageReads => ({
  record: async ({ kind, account, id }) =>
    now().records.find(({ row }) => row.kind === kind && row.account === account && row.id === id)?.row ?? null,
  recordByKey: async ({ scope, key }) =>
    now().records.find(({ keys }) => keys.some((one) => one.scope === scope && one.key === key))?.row ?? null,
  records: async ({ kind, account, parent, name, states, from, to, order }) => {
    const found = now()
      .records.map(({ row }) => row)
      .filter((row) => row.kind === kind && fits(account, row.account) && fits(parent, row.parent))
      .filter((row) => fits(name, row.name) && (states === undefined || states.includes(row.state)))
      .filter((row) => isWithin(row.createdAt, from, to))
    const oldest = inOrder(
      found,
      (row) => row.createdAt,
      (row) => row.id,
    )
    return whole(order === 'oldest' ? oldest : oldest.reverse())
  },
  holds: async (ref) =>
    now()
      .holds.filter((hold) => hold.ref === ref)
      .map(({ by }) => by),
  recipients: async ({ group, generation, lane, from, to }) => {
    const rows = now().recipients.filter((one) => one.group === group && one.generation === generation)
    const asked = rows.map(({ row }) => row).filter((row) => row.lane === lane && row.seq >= from && row.seq < to)
    return inOrder(asked, (row) => row.seq)
  },
  knownKeys: async ({ group, generation, keys }) =>
    keys.filter((key) =>
      now().recipients.some((one) => one.group === group && one.generation === generation && one.row.key === key),
    ),
  blocks: async (keys) => now().blocks.filter((row) => keys.includes(row.key)),
  blocksPage: async ({ kind, account, scope, contains = '', from, to, ...times }) => {
    const rows = now()
      .blocks.filter((row) => row.kind === kind && row.account === account && fits(scope, row.scope))
      .filter((row) => row.key.includes(contains) && isWithin(row.createdAt, from, to))
      .filter((row) => isWithin(row.startsAt, times.startsFrom, times.startsTo))
      .filter((row) => isWithin(row.endsAt ?? Number.POSITIVE_INFINITY, times.endsFrom, times.endsTo))
    return whole(
      inOrder(
        rows,
        (row) => row.key,
        (row) => row.scope,
      ),
    )
  },
  quota: async ({ scope, day }) => now().quotas.find((row) => row.scope === scope && row.day === day) ?? null,
  tallies: async (filter) => {
    const { cube, account, from, to } = filter
    const asked = now().counted.filter(
      ({ cell }) =>
        cell.cube === cube && cell.account === account && isWithin(cell.bucket, from, to) && isAsked(filter, cell),
    )
    return talliesOf(filter, cube, asked)
  },
  messages: async (ids) => now().messages.filter((row) => ids.includes(row.id)),
  messagesPage: async ({ account, task, origin, recipientKey, from, to }) => {
    const found = now().messages.filter(
      (row) =>
        row.account === account &&
        fits(task, row.task) &&
        fits(origin, row.origin) &&
        fits(recipientKey, row.recipientKey) &&
        isWithin(row.acceptedAt, from, to),
    )
    return whole(
      inOrder(
        found,
        (row) => row.acceptedAt,
        (row) => row.id,
      ).reverse(),
    )
  },
  events: async (message) =>
    inOrder(
      now().events.filter((row) => row.message === message),
      (row) => row.at,
      (row) => row.key,
    ),
  eventsPage: async ({ account, kinds, from, to, sentFrom, sentTo, domains, recipientDomains, person }) => {
    const found = now()
      .events.filter((row) => row.account === account && kinds.includes(row.kind) && fits(person, row.person))
      .filter((row) => isWithin(row.at, from, to) && isWithin(row.sentAt, sentFrom, sentTo))
      .filter((row) => domains === undefined || domains.includes(row.domain))
      .filter((row) => recipientDomains === undefined || recipientDomains.includes(row.recipientDomain))
    return whole(
      inOrder(
        found,
        (row) => row.at,
        (row) => row.key,
      ).reverse(),
    )
  },
  people: async (filter) => {
    const { account, kinds, from, to } = filter
    const found = now()
      .events.filter((row) => row.account === account && kinds.includes(row.kind) && isWithin(row.sentAt, from, to))
      .map((row) => ({ ...row, bucket: row.sentAt }))
      .filter((row) => isAsked(filter, row))
    return grouped(filter, found).map(({ cell, rows }) => ({
      cell,
      people: new Set(rows.map(({ person }) => person)).size,
    }))
  },
  recipientDomains: async ({ group, generation, lane, from, to }) => {
    const domains = now()
      .recipients.filter((one) => one.group === group && one.generation === generation && one.row.lane === lane)
      .filter(({ row }) => isWithin(row.seq, from, to))
      .map(({ row }) => row.key.split('@').at(-1) ?? '')
    return [...new Set(domains)].map((domain) => ({ domain, count: domains.filter((one) => one === domain).length }))
  },
  queuedMails: async ({ kinds, account }) => {
    const mails = now().works.flatMap(({ row }) =>
      row.account === account && kinds.includes(row.kind) ? now().messages.filter(({ id }) => id === row.key) : [],
    )
    const groups = mails.map((mail) => ({
      senderDomain: mail.senderDomain,
      recipientDomain: mail.recipientKey.split('@').at(-1) ?? '',
    }))
    return groups
      .filter((group, at) => groups.findIndex((one) => same(one, group)) === at)
      .map((group) => ({ ...group, count: groups.filter((one) => same(one, group)).length }))
  },
  works: async ({ kind, parent }) => {
    const rows = now().works.map(({ row }) => row)
    return inOrder(
      rows.filter((row) => row.kind === kind && row.parent === parent),
      (row) => row.key,
    )
  },
  nextDue: async ({ kinds, takeoverMs }) => {
    const rows = now().works.filter(({ row }) => kinds.includes(row.kind))
    const times = rows.map(({ row }) => (row.leaseUntil === null ? row.dueAt : row.leaseUntil + takeoverMs))
    return times.length === 0 ? null : Math.min(...times)
  },
  ranks: async ({ kind, account }) => {
    const waiting = now()
      .works.map(({ row }) => row)
      .filter((row) => row.kind === kind && row.token === null)
    const all = waiting.map((row) => row.rank)
    const own = waiting.filter((row) => row.account === account).map((row) => row.rank)
    return { floor: all.length === 0 ? null : Math.min(...all), last: own.length === 0 ? null : Math.max(...own) }
  },
  epochs: async (keys) => keys.map((key) => now().epochs.filter((one) => one === key).length),
})
