import type { SendingInput } from '@mailwright/core'
import { browserZone, type DayRange, instantsOf } from '../../components/range.js'

export const PERIODS = ['hour', 'day'] as const
export const BREAKDOWNS = ['domain', 'recipientDomain', 'template', 'task'] as const
export type Period = (typeof PERIODS)[number] | ''
export type Breakdown = (typeof BREAKDOWNS)[number] | ''

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

/** The figures of a row added up over everything but time, for the chart. */
export function overTime<C extends string>(
  rows: readonly { readonly startsAt?: number; readonly counts: Readonly<Record<C, number | null>> }[],
  names: readonly C[],
): { readonly times: readonly number[]; readonly values: Readonly<Record<C, readonly number[]>> } {
  const sums = new Map<number, number[]>()
  for (const { startsAt, counts } of rows) {
    if (startsAt === undefined) continue
    const before = sums.get(startsAt) ?? names.map(() => 0)
    sums.set(
      startsAt,
      before.map((sum, at) => sum + (counts[names[at] as C] ?? 0)),
    )
  }
  const times = [...sums.keys()].sort((a, b) => a - b)
  const values = Object.fromEntries(names.map((name, at) => [name, times.map((time) => sums.get(time)?.[at] ?? 0)]))
  return { times, values: values as Readonly<Record<string, readonly number[]>> as Record<C, readonly number[]> }
}
