import type { Instant } from '../../ports/clock.js'

export const EVERY_UNITS = ['hours', 'days', 'weeks', 'months'] as const
export type EveryUnit = (typeof EVERY_UNITS)[number]

export interface Every {
  readonly n: number
  readonly unit: EveryUnit
}

/** How often: every n units, or an RRULE (RFC 5545). */
export type Recurrence = { readonly every: Every } | { readonly rrule: string }

/** What recurs, from when on, in which zone (TSK-5). */
export type Recurring = Recurrence & {
  /** The anchor: the first occurrence of `every`, DTSTART of an RRULE. */
  readonly startAt: Instant
  /** IANA name of the zone whose wall clock days, weeks, months and RRULEs follow. */
  readonly timeZone: string
  /** No occurrence after it. */
  readonly until?: Instant
}
