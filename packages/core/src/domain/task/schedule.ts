import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import { isTimeZone } from '../calendar/index.js'
import { isCountable, nextOccurrence, type Recurring, ruleParts, timesPerDay } from '../recurrence/index.js'

export type TaskType = Schedule['type']

/** What to do about occurrences that fell due while nobody was there to fire them (TSK-5). */
export const MISSED_POLICIES = ['latest', 'all', 'skip'] as const
export type MissedPolicy = (typeof MISSED_POLICIES)[number]

export type RecurringSchedule = Recurring & {
  readonly type: 'recurring'
  /** false: the cycle is off, nothing fires any more. */
  readonly cycle: boolean
  readonly missed: MissedPolicy
}

/** When a task runs (TSK-1). Zones are IANA names. */
export type Schedule =
  | { readonly type: 'immediate' }
  | { readonly type: 'scheduled'; readonly at: Instant; readonly timeZone: string }
  | RecurringSchedule

/** A day before the end of the year 9999, beyond which calendars and databases disagree: no zone's wall clock shows the year 10000 yet. */
const LATEST = Date.UTC(9999, 11, 30, 23, 59, 59)
const LARGEST_N = 10_000

/**
 * Throws INPUT_INVALID, naming the field, unless the start lies in the future, the zone exists, and the recurrence can be followed, has an occurrence and
 * fires at most `timesADay` times a day.
 */
export function checkSchedule(schedule: Schedule, now: Instant, timesADay: number): void {
  if (schedule.type === 'immediate') return
  if (!isTimeZone(schedule.timeZone)) refuse('timeZone', 'an IANA time zone such as Europe/Berlin')
  if (schedule.type === 'scheduled') {
    requireFuture('at', schedule.at, now)
    return
  }
  requireFuture('startAt', schedule.startAt, now)
  if (schedule.until !== undefined && !(schedule.until >= schedule.startAt)) {
    refuse('until', 'an instant not before startAt', schedule.startAt)
  }
  if ('every' in schedule) {
    const { n } = schedule.every
    if (!(Number.isSafeInteger(n) && n >= 1 && n <= LARGEST_N)) {
      refuse('every.n', `an integer from 1 to ${LARGEST_N}`, n > LARGEST_N ? LARGEST_N : 1)
    }
    const fewest = Math.ceil(24 / timesADay)
    if (schedule.every.unit === 'hours' && n < fewest) refuse('every.n', `at most ${timesADay} times a day`, fewest)
  } else checkRule(schedule, timesADay)
  if (nextOccurrence(schedule, schedule.startAt - 1) === null) {
    refuse('rrule', 'a rule with an occurrence between startAt and its end')
  }
}

function checkRule(schedule: RecurringSchedule & { readonly rrule: string }, timesADay: number): void {
  if (timesPerDay(ruleParts(schedule.rrule)) > timesADay) refuse('rrule', `at most ${timesADay} times a day`, timesADay)
  if (!isCountable(schedule)) refuse('rrule', 'a smaller COUNT, or an UNTIL')
}

function requireFuture(field: string, at: Instant, now: Instant): void {
  if (!(Number.isSafeInteger(at) && at > now && at <= LATEST)) refuse(field, 'a time in the future')
}

function refuse(field: string, expected: string, nearest?: number): never {
  throw new MailError('INPUT_INVALID', { field, expected, ...(nearest === undefined ? {} : { nearest }) })
}
