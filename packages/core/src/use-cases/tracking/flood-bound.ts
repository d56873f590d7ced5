import type { Instant } from '../../ports/clock.js'

const HOUR = 3_600_000
/** Keys remembered; the longest unused are forgotten, and begin anew. */
const KEYS_MAX = 50_000

/**
 * Whoever holds a token can call it as often as he likes: of each key so many pass in an hour, in this process. What the first ones have set stays set, so
 * the rest would only be counted.
 */
export function createFloodBound(perHour: number): (key: string, now: Instant) => boolean {
  const seen = new Map<string, { readonly hour: number; readonly count: number }>()
  return (key, now) => {
    const hour = Math.floor(now / HOUR)
    const known = seen.get(key)
    const count = known?.hour === hour ? known.count : 0
    seen.delete(key)
    seen.set(key, { hour, count: Math.min(perHour, count) + 1 })
    const [oldest] = seen.keys()
    if (seen.size > KEYS_MAX && oldest !== undefined) seen.delete(oldest)
    return count < perHour
  }
}
