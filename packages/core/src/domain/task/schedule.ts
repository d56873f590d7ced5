import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import { isTimeZone } from '../quota/index.js'

export type TaskType = Schedule['type']

export const EVERY_UNITS = ['hours', 'days', 'weeks', 'months'] as const
export type EveryUnit = (typeof EVERY_UNITS)[number]

/** How often: every n units, or an RRULE (RFC 5545). */
export type Recurrence =
  | { readonly every: { readonly n: number; readonly unit: EveryUnit } }
  | { readonly rrule: string }

/** What to do about occurrences that fell due while nobody was there to fire them (TSK-5). */
export type MissedPolicy = 'latest' | 'all' | 'skip'

/** When a task runs (TSK-1). Zones are IANA names. */
export type Schedule =
  | { readonly type: 'immediate' }
  | { readonly type: 'scheduled'; readonly at: Instant; readonly timeZone: string }
  | ({
      readonly type: 'recurring'
      /** The anchor: also the first occurrence of `every`. */
      readonly startAt: Instant
      readonly timeZone: string
      /** No occurrence after it. */
      readonly until?: Instant
      /** false: the cycle is off, nothing fires any more. */
      readonly cycle?: boolean
      readonly missed?: MissedPolicy
    } & Recurrence)

/** Throws INPUT_INVALID, naming the field, unless the start lies in the future, the zone exists and the recurrence can be followed. */
export function checkSchedule(schedule: Schedule, now: Instant): void {
  if (schedule.type === 'immediate') return
  if (!isTimeZone(schedule.timeZone)) refuse('schedule.timeZone', 'an IANA time zone such as Europe/Berlin')
  if (schedule.type === 'scheduled') {
    if (!(schedule.at > now)) refuse('schedule.at', 'an instant in the future')
    return
  }
  if (!(schedule.startAt > now)) refuse('schedule.startAt', 'an instant in the future')
  if (schedule.until !== undefined && !(schedule.until >= schedule.startAt)) {
    refuse('schedule.until', 'an instant not before startAt')
  }
  if ('every' in schedule && !(Number.isSafeInteger(schedule.every.n) && schedule.every.n >= 1)) {
    refuse('schedule.every.n', 'an integer from 1', 1)
  }
  if ('rrule' in schedule && schedule.rrule.trim() === '')
    refuse('schedule.rrule', 'an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=MO')
}

function refuse(field: string, expected: string, nearest?: number): never {
  throw new MailError('INPUT_INVALID', { field, expected, ...(nearest === undefined ? {} : { nearest }) })
}
