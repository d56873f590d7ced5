import {
  periodName,
  type SendingCounts,
  type SendingRates,
  sendingCounts,
  sendingRates,
  type TrackingCounts,
  type TrackingRates,
  trackingCounts,
  trackingRates,
  type Users,
} from '../../domain/statistics/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { Counts } from '../../ports/counters.js'
import type { Context } from '../context.js'
import { type CountedRow, compareKeys, countRows, type PeopleBehind, peopleBehind, type RowKey } from './count-rows.js'
import { type OpenQuestion, openQuestion } from './open-question.js'
import type { StatisticsQuestion } from './statistics-input.js'

/** What a row is about; what was not asked for is absent. */
export interface StatisticsGroup {
  /** `2026-11-23`, or the hour's start with its offset; and the instant it begins at. */
  readonly period?: string
  readonly startsAt?: Instant
  readonly domain?: string
  readonly recipientDomain?: string
  /** Its id; '' for mail without one. */
  readonly template?: string
  readonly task?: string
  /** null for mail without the tag. */
  readonly tag?: string | null
}

export interface SendingFigures {
  readonly counts: SendingCounts
  readonly rates: SendingRates
}

export interface TrackingFigures {
  readonly counts: TrackingCounts
  readonly rates: TrackingRates
}

/** Figures of one kind, from what was counted and, if asked for, the people behind it. */
export type Figures<F> = (counts: Counts, users: Users) => F

export const sendingFigures: Figures<SendingFigures> = (counts) => {
  const sending = sendingCounts(counts)
  return { counts: sending, rates: sendingRates(sending) }
}

export const trackingFigures: Figures<TrackingFigures> = (counts, users) => {
  const tracking = trackingCounts(counts, users)
  return { counts: tracking, rates: trackingRates(tracking) }
}

/** A page of rows in the order of period, domain, recipient domain, template, task and tag, and what all pages add up to. */
export interface StatisticsPage<F> {
  /** The range in whole quarters of an hour, as far as there can be anything in it. */
  readonly from: Instant
  readonly to: Instant
  readonly items: readonly (StatisticsGroup & F)[]
  readonly total: F
  readonly next: string | null
}

/** Rows that have anything; a period or a name without mail has none. Exact for everything committed before the call (STA-2). */
export async function statisticsPage<F>(
  ctx: Context,
  account: string,
  asked: StatisticsQuestion & { readonly cursor?: string | undefined; readonly limit: number },
  figures: Figures<F>,
): Promise<StatisticsPage<F>> {
  const open = await openQuestion(ctx, account, asked)
  const after = asked.cursor === undefined ? null : keyOfCursor(asked.cursor)
  const { rows, total, users } = await answered(ctx, open, asked.users)
  const left = after ? rows.filter(({ key }) => compareKeys(key, after) > 0) : rows
  const items = left.slice(0, asked.limit)
  const last = items.at(-1)
  return {
    from: open.from,
    to: open.to,
    items: items.map((row) =>
      rowOf(
        open,
        row,
        figures(
          row.counts,
          usersOf(users, (people) => people.of(row.key)),
        ),
      ),
    ),
    total: figures(
      total,
      usersOf(users, (people) => people.total),
    ),
    next: last && left.length > items.length ? Buffer.from(JSON.stringify(last.key)).toString('base64url') : null,
  }
}

/** All rows of a question. */
export async function* statisticsRows<F>(
  ctx: Context,
  open: OpenQuestion,
  withUsers: boolean,
  figures: Figures<F>,
): AsyncGenerator<StatisticsGroup & F> {
  const { rows, users } = await answered(ctx, open, withUsers)
  for (const row of rows)
    yield rowOf(
      open,
      row,
      figures(
        row.counts,
        usersOf(users, (people) => people.of(row.key)),
      ),
    )
}

/** Who clicks has the mail open before him. */
const OPENS = ['open', 'click']
const CLICKS = ['click']

interface Behind {
  readonly opens: PeopleBehind | null
  readonly clicks: PeopleBehind | null
}

async function answered(ctx: Context, open: OpenQuestion, withUsers: boolean) {
  const [{ rows, total }, opens, clicks] = await Promise.all([
    countRows(ctx, open),
    withUsers ? peopleBehind(ctx, open, OPENS) : null,
    withUsers ? peopleBehind(ctx, open, CLICKS) : null,
  ])
  return { rows, total, users: { opens, clicks } }
}

const usersOf = ({ opens, clicks }: Behind, count: (people: PeopleBehind) => number): Users => ({
  open: opens && count(opens),
  click: clicks && count(clicks),
})

function rowOf<F>(open: OpenQuestion, { key }: CountedRow, figures: F): StatisticsGroup & F {
  const [startsAt, domain, recipientDomain, template, task, tag] = key
  return {
    ...(open.step && typeof startsAt === 'number'
      ? { period: periodName(startsAt, open.step, open.timeZone), startsAt }
      : {}),
    ...(typeof domain === 'string' ? { domain } : {}),
    ...(typeof recipientDomain === 'string' ? { recipientDomain } : {}),
    ...(typeof template === 'string' ? { template } : {}),
    ...(typeof task === 'string' ? { task } : {}),
    ...(open.tags ? { tag: typeof tag === 'string' ? tag : null } : {}),
    ...figures,
  }
}

function keyOfCursor(cursor: string): RowKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.every((one) => one === null || ['string', 'number'].includes(typeof one)))
      return key as RowKey
  } catch {
    // Not one of ours.
  }
  throw new MailError('INPUT_INVALID', { field: 'cursor', expected: 'next of the page before' })
}
