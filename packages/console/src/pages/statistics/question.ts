import type { SendingInput } from '@mailwright/core'
import { browserZone, type DayRange, instantsOf } from '../../components/range.js'

export const PERIODS = ['hour', 'day'] as const
export const BREAKDOWNS = ['domain', 'recipientDomain', 'template', 'task'] as const
export type Period = (typeof PERIODS)[number] | ''
export type Breakdown = (typeof BREAKDOWNS)[number] | ''

/** Rows of the table that are read at once. */
export const ROWS = 500

/** What the filters of a statistics page hold. */
export interface Asked extends DayRange {
  readonly period: Period
  readonly breakdown: Breakdown
  readonly domain: string
  readonly recipientDomain: string
  readonly template: string
  readonly task: string
}

/** As the API wants it; null while the range is no range. */
export function questionOf(asked: Asked): SendingInput | null {
  const { from, to } = instantsOf(asked)
  if (from === undefined || to === undefined || from >= to) return null
  const by = [asked.period, asked.breakdown].filter((one) => one !== '')
  return {
    from,
    to,
    by,
    timeZone: browserZone(),
    ...(asked.domain === '' ? {} : { domains: [asked.domain] }),
    ...(asked.recipientDomain === '' ? {} : { recipientDomains: [asked.recipientDomain] }),
    ...(asked.template === '' ? {} : { templates: [asked.template] }),
    ...(asked.task === '' ? {} : { tasks: [asked.task] }),
  }
}

/** The same question for what is shown beside the table: each period once, or of the whole range its total alone. */
export const overviewOf = (question: SendingInput, { period, breakdown }: Asked): SendingInput =>
  period === '' ? { ...question, by: [breakdown || 'day'], limit: 1 } : { ...question, by: [period], limit: 10_000 }

interface Covered {
  readonly from: number
  readonly to: number
  readonly items: readonly { readonly startsAt?: number }[]
}

/** Where the periods of an answer begin, up to now: a period without mail has no row, and is none in the chart all the same. */
export function periodsOf({ from, to, items }: Covered, period: Period, now = Date.now()): readonly number[] {
  if (period === '') return []
  const starts = new Set(items.flatMap(({ startsAt }) => (startsAt === undefined ? [] : [startsAt])))
  for (let at = from; at < Math.min(to, now); at = nextStart(at, period)) starts.add(at)
  return [...starts].sort((a, b) => a - b)
}

function nextStart(at: number, period: Exclude<Period, ''>): number {
  const date = new Date(at)
  return period === 'day'
    ? new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
    : date.setMinutes(60, 0, 0)
}

/** One figure at each of the times, 0 where nothing was counted. */
export function valuesAt<C extends string>(
  times: readonly number[],
  rows: readonly { readonly startsAt?: number; readonly counts: Readonly<Record<C, number | null>> }[],
  name: C,
): readonly number[] {
  const counted = new Map(rows.map(({ startsAt, counts }) => [startsAt, counts[name] ?? 0]))
  return times.map((at) => counted.get(at) ?? 0)
}
