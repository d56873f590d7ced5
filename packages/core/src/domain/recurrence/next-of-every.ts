import type { Instant } from '../../ports/clock.js'
import { instantOf, type WallTime, wallTime } from '../calendar/index.js'
import type { Every, Recurring } from './recurrence.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * The first occurrence after `after`: hours are elapsed time, days, weeks and months follow the wall clock, months counted from the
 * anchor and clamped to their last day (TSK-5). Takes the same time however far from the anchor.
 */
export function nextOfEvery(
  { startAt, timeZone, every }: Recurring & { readonly every: Every },
  after: Instant,
): Instant {
  if (after < startAt) return startAt
  if (every.unit === 'hours') {
    const step = every.n * HOUR
    return startAt + (Math.floor((after - startAt) / step) + 1) * step
  }
  const anchor = wallTime(startAt, timeZone)
  // Two steps too early, because a change of clocks may have moved the wall clock by up to a day.
  for (let index = Math.max(1, stepsUntil(anchor, wallTime(after, timeZone), every) - 2); ; index++) {
    const at = instantOf(stepped(anchor, index, every), timeZone, 'end-of-gap')
    if (at > after) return at
  }
}

function stepsUntil(anchor: WallTime, wall: WallTime, { n, unit }: Every): number {
  if (unit !== 'months') return Math.floor((wall - anchor) / (n * daysOf(unit) * DAY))
  return Math.floor((monthOf(wall) - monthOf(anchor)) / n)
}

function stepped(anchor: WallTime, index: number, { n, unit }: Every): WallTime {
  if (unit !== 'months') return anchor + index * n * daysOf(unit) * DAY
  const first = new Date(anchor)
  const month = monthOf(anchor) + index * n
  const lastDay = new Date(Date.UTC(0, month + 1, 0)).getUTCDate()
  return Date.UTC(0, month, Math.min(first.getUTCDate(), lastDay)) + timeOfDay(anchor)
}

const daysOf = (unit: Every['unit']): number => (unit === 'weeks' ? 7 : 1)

const timeOfDay = (wall: WallTime): number => ((wall % DAY) + DAY) % DAY

/** Months since January 1900, where Date.UTC counts from when it is given the year 0. */
function monthOf(wall: WallTime): number {
  const date = new Date(wall)
  return (date.getUTCFullYear() - 1900) * 12 + date.getUTCMonth()
}
