import { IANAZone } from 'luxon'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'

/** What a wall clock shows, as the milliseconds of the same date and time in UTC. Says nothing without a zone. */
export type WallTime = number

const DAY = 86_400_000

export function wallTime(at: Instant, timeZone: string): WallTime {
  return at + offsetAt(at, timeZone)
}

/**
 * The instant at which the zone's wall clock shows `wall`; of a time shown twice the earlier one. A time that the clock skips is
 * `end-of-gap`: the first instant after the gap (TSK-5), or `offset-before`: read with the offset before the gap (RFC 5545 §3.3.5).
 */
export function instantOf(wall: WallTime, timeZone: string, skipped: 'end-of-gap' | 'offset-before'): Instant {
  // No zone is further than a day from UTC, so these lie on both sides of the one change there can be.
  const before = offsetAt(wall - DAY, timeZone)
  const after = offsetAt(wall + DAY, timeZone)
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (offsetAt(wall - offset, timeZone) === offset) return wall - offset
  }
  return skipped === 'offset-before' ? wall - before : changeAfter(wall - DAY, wall + DAY, timeZone)
}

/** By bisection: zones do not say when they change. */
function changeAfter(from: Instant, to: Instant, timeZone: string): Instant {
  const offset = offsetAt(from, timeZone)
  let low = from
  let high = to
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, timeZone) === offset) low = middle
    else high = middle
  }
  return high
}

function offsetAt(at: Instant, timeZone: string): number {
  const offset = IANAZone.create(timeZone).offset(at) * 60_000
  // A task may have been created where the zone was known.
  if (Number.isNaN(offset))
    throw new MailError('INPUT_INVALID', { field: 'timeZone', expected: 'a zone this runtime knows' })
  return offset
}
