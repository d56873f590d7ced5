import { IANAZone } from 'luxon'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'

interface DayBounds {
  readonly day: string
  readonly start: Instant
  readonly end: Instant
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** No zone was ever further than 16 hours from UTC; 26 leave room for any jump of the date line. */
const SEARCH = 26 * HOUR
const ZONES_KEPT = 256

/** The last day asked for in each zone: the dispatch path asks for the same day millions of times. Holds no decision. */
const lastDay = new Map<string, DayBounds>()

/** Whether the runtime knows the IANA zone (`Europe/Berlin`, `UTC`). */
export function isTimeZone(timeZone: string): boolean {
  return IANAZone.isValidZone(timeZone)
}

/** The calendar day of `now` in the zone, as `2026-11-23`. Throws INPUT_INVALID for an unknown zone. */
export function dayOf(now: Instant, timeZone: string): string {
  return boundsAt(now, timeZone).day
}

/**
 * The first instant of a calendar day in the zone: where the clock skips midnight, the end of the gap; where midnight comes
 * twice, its earlier instant; of a date the zone skipped, the start of the next one.
 */
export function dayStart(day: string, timeZone: string): Instant {
  const kept = lastDay.get(timeZone)
  return kept?.day === day ? kept.start : startOfDayNumber(parseDay(day), zoneOf(timeZone))
}

/** When the calendar day after that of `now` starts: TSK-6 goes on then. 23 to 25 hours after the last start where clocks change. */
export function nextDayStart(now: Instant, timeZone: string): Instant {
  return boundsAt(now, timeZone).end
}

/** The calendar day `count` days later. */
export function addDays(day: string, count: number): string {
  return formatDay(parseDay(day) + count)
}

/** How many calendar days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return parseDay(to) - parseDay(from)
}

function boundsAt(now: Instant, timeZone: string): DayBounds {
  const kept = lastDay.get(timeZone)
  if (kept && now >= kept.start && now < kept.end) return kept
  const zone = zoneOf(timeZone)
  let number = localDayNumber(now, zone)
  let start = startOfDayNumber(number, zone)
  // A clock set back over midnight shows the old date again for a while; the day that has started stays.
  while (start > now) start = startOfDayNumber(--number, zone)
  let end = startOfDayNumber(number + 1, zone)
  while (end <= now) {
    start = end
    end = startOfDayNumber(++number + 1, zone)
  }
  const bounds = { day: formatDay(number), start, end }
  if (lastDay.size >= ZONES_KEPT) lastDay.clear()
  lastDay.set(timeZone, bounds)
  return bounds
}

/** By bisection over the zone's offsets rather than by asking for 00:00, which may not exist or exist twice. */
function startOfDayNumber(number: number, zone: IANAZone): Instant {
  let before = number * DAY - SEARCH
  let after = number * DAY + SEARCH
  const offset = zone.offset(before)
  if (offset === zone.offset(after)) return number * DAY - offset * 60_000
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localDayNumber(middle, zone) >= number) after = middle
    else before = middle
  }
  return after
}

function localDayNumber(at: Instant, zone: IANAZone): number {
  return Math.floor((at + zone.offset(at) * 60_000) / DAY)
}

function zoneOf(timeZone: string): IANAZone {
  if (!isTimeZone(timeZone)) {
    throw new MailError('INPUT_INVALID', {
      field: 'timeZone',
      expected: 'an IANA time zone such as Europe/Berlin or UTC',
    })
  }
  return IANAZone.create(timeZone)
}

function parseDay(day: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at) || formatDay(at / DAY) !== day)
    throw new MailError('INPUT_INVALID', { field: 'day', expected: 'a date such as 2026-11-23' })
  return at / DAY
}

function formatDay(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10)
}
