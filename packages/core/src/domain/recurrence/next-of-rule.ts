import { RRuleTemporal } from 'rrule-temporal'
import type { Instant } from '../../ports/clock.js'
import { instantOf, type WallTime, wallTime } from '../calendar/index.js'
import type { Recurring } from './recurrence.js'
import { type RuleParts, ruleParts } from './rule-parts.js'

/** How far a change of clocks can put wall times out of the order of their instants, and an hour more. */
const SPREAD = 25 * 3_600_000
/**
 * Periods looked at before a rule counts as one without a further occurrence: years to decades, and a bound for the work of a hostile rule
 * (half a second at most, measured over 4,000 random ones).
 */
const PERIODS = { YEARLY: 60, MONTHLY: 480, WEEKLY: 1_500, DAILY: 4_400, HOURLY: 4_400 } as const
const CANDIDATES = 50_000

/**
 * The first occurrence after `after`, null if there is none (or none that bounded work can find). The rule is evaluated on the bare wall clock; the zone comes in
 * afterwards, so a skipped time is read with the offset before the gap and a doubled one is its first instant (RFC 5545 §3.3.5).
 */
export function nextOfRule(recurring: Recurring & { readonly rrule: string }, after: Instant): Instant | null {
  const { startAt, timeZone } = recurring
  const parts = ruleParts(recurring.rrule)
  const start = wallTime(startAt, timeZone)
  const rest = ((start % 1_000) + 1_000) % 1_000
  const anchor = start - rest
  const nextWall = walk(parts, anchor)
  // Only after a gap can a smaller wall time be the later instant.
  const here = wallTime(after, timeZone)
  const steady = here - wallTime(after - SPREAD, timeZone) === SPREAD
  let best: { readonly at: Instant; readonly wall: WallTime } | null = null
  for (
    let wall = nextWall(Math.max(anchor - 1, steady ? here - rest : here - SPREAD));
    wall !== null && (best === null || wall < best.wall + SPREAD);
    wall = nextWall(wall)
  ) {
    // The anchor is an instant already, also where its wall time comes twice.
    const at = wall === anchor ? startAt : instantOf(wall, timeZone, 'offset-before') + rest
    if (at > after && at >= startAt && (best === null || at < best.at)) best = { at, wall }
    if (best !== null && wallTime(best.at, timeZone) === best.wall + rest) break
  }
  return best !== null && (parts.until === null || best.at <= parts.until) ? best.at : null
}

/** Whether all of a counted rule lies within the bounds of the work; the others go on as long as they are found. */
export function isCountable({ startAt, timeZone, rrule }: Recurring & { readonly rrule: string }): boolean {
  const parts = ruleParts(rrule)
  if (parts.count === null) return true
  try {
    compiled(parts, wallTime(startAt, timeZone)).all()
    return true
  } catch {
    return false
  }
}

function walk(parts: RuleParts, anchor: WallTime): (after: WallTime) => WallTime | null {
  const rule = compiled(parts, anchor)
  return (after) => {
    try {
      return rule.next(new Date(after))?.epochMilliseconds ?? null
    } catch {
      // The library's bounds are reached, or the end of its calendar.
      return null
    }
  }
}

function compiled(parts: RuleParts, anchor: WallTime): RRuleTemporal {
  const stamp = new Date(anchor).toISOString().replace(/[-:]|\.\d+/g, '')
  const rule = [
    `FREQ=${parts.frequency}`,
    `INTERVAL=${parts.interval}`,
    ...(parts.count === null ? [] : [`COUNT=${parts.count}`]),
    ...[...parts.by].map(([name, values]) => `${name}=${values.join(',')}`),
  ].join(';')
  return new RRuleTemporal({
    rruleString: `DTSTART:${stamp}\nRRULE:${rule}`,
    strict: true,
    cache: false,
    maxIterations: PERIODS[parts.frequency],
    maxCandidateEvaluations: CANDIDATES,
  })
}
