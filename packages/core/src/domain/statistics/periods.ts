import { DateTime, IANAZone } from 'luxon'
import type { Instant } from '../../ports/clock.js'
import { dayOf, isTimeZone, nextDayStart } from '../calendar/index.js'
import { quarterBucket } from './cells.js'

const HOUR = 3_600_000
const QUARTER = HOUR / 4

/** How wide a period is: a calendar day, or an hour of the wall clock, of the zone. */
export type Step = 'hour' | 'day'

/**
 * Where the periods begin that cover [from, to), the first one at `from`. Days have 23 to 25 hours where clocks change, and an hour
 * within which they do (Lord Howe's, Chatham's) is two periods. At most `most` + 1 of them: enough to see that there are too many.
 */
export function periodEdges(range: {
  readonly from: Instant
  readonly to: Instant
  readonly step: Step
  readonly timeZone: string
  readonly most: number
}): readonly Instant[] {
  const { from, to, step, timeZone, most } = range
  const next = step === 'day' ? (at: Instant) => nextDayStart(at, timeZone) : nextHourIn(timeZone)
  const edges: Instant[] = []
  for (let at = from; at < to && edges.length <= most; at = next(at)) edges.push(at)
  return edges
}

/** `2026-11-23` for a day, `2026-11-23T09:00:00+05:30` for an hour. */
export const periodName = (start: Instant, step: Step, timeZone: string): string =>
  step === 'day'
    ? dayOf(start, timeZone)
    : (DateTime.fromMillis(start, { zone: timeZone }).toISO({ suppressMilliseconds: true }) ?? '')

function nextHourIn(timeZone: string): (at: Instant) => Instant {
  const zone = IANAZone.create(isTimeZone(timeZone) ? timeZone : 'UTC')
  return (at) => {
    const offset = zone.offset(at)
    const local = at + offset * 60_000
    const next = at + HOUR - (((local % HOUR) + HOUR) % HOUR)
    // Clocks change at quarters of an hour.
    let change = quarterBucket(at) + QUARTER
    while (change < next && zone.offset(change) === offset) change += QUARTER
    return Math.min(next, change)
  }
}
