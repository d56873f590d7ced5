import type { Instant } from '../../ports/clock.js'
import { createWindowCounts } from '../window-counts.js'

const HOUR = 3_600_000

/**
 * Whoever holds a token can call it as often as he likes: of each key so many pass in an hour, in this process. What the first ones have set stays set, so
 * the rest would only be counted.
 */
export function createFloodBound(perHour: number): (key: string, now: Instant) => boolean {
  const seen = createWindowCounts(HOUR)
  return (key, now) => {
    const passes = seen.of(key, now) < perHour
    seen.add(key, now)
    return passes
  }
}
