import { DateTime } from 'luxon'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import { dayStart, isTimeZone } from './calendar-day.js'
import { instantOf } from './wall-clock.js'

/**
 * An instant as a caller may write it: epoch milliseconds, or ISO 8601. Of `2026-12-24` the day's start, of `2026-12-24T09:00` that time on
 * the wall clock of the zone that goes with it; `2026-12-24T09:00Z` and `…+01:00` need no zone.
 */
export type Moment = Instant | string

const LAST = 8_640_000_000_000_000
const LONGEST = 40
const DATE = /^\d{4}-\d{2}-\d{2}$/
const OFFSET = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i

/** A time that the zone's clock skips is the end of the gap; of one shown twice, the first. @throws INPUT_INVALID naming the field */
export function readMoment(field: string, moment: Moment, timeZone: string): Instant {
  if (!isTimeZone(timeZone))
    throw new MailError('INPUT_INVALID', {
      field: 'timeZone',
      expected: 'an IANA time zone such as Europe/Berlin or UTC',
    })
  const at = typeof moment === 'number' ? moment : readText(moment.trim(), timeZone)
  if (Number.isInteger(at) && at >= 0 && at <= LAST) return at
  const expected = 'epoch milliseconds, or a date and time such as 2026-12-24T09:00 or 2026-12-24T09:00Z'
  throw new MailError('INPUT_INVALID', { field, expected })
}

function readText(text: string, timeZone: string): Instant {
  if (text.length > LONGEST) return Number.NaN
  const utc = DateTime.fromISO(text, { zone: 'utc' })
  if (!utc.isValid) return Number.NaN
  if (DATE.test(text)) return dayStart(text, timeZone)
  return OFFSET.test(text) ? utc.toMillis() : instantOf(utc.toMillis(), timeZone, 'end-of-gap')
}
