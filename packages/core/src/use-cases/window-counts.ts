import type { Instant } from '../ports/clock.js'

/** Keys remembered; the longest unused are forgotten, and begin anew. */
const KEYS_MAX = 50_000

/** How often something came from each key within the window of time that is under way, in this process. */
export interface WindowCounts {
  of(key: string, now: Instant): number
  add(key: string, now: Instant): void
}

export function createWindowCounts(windowMs: number): WindowCounts {
  const seen = new Map<string, { readonly window: number; readonly count: number }>()
  const windowAt = (now: Instant) => Math.floor(now / windowMs)
  const of = (key: string, now: Instant) => {
    const known = seen.get(key)
    return known?.window === windowAt(now) ? known.count : 0
  }
  return {
    of,
    add(key, now) {
      const count = of(key, now) + 1
      seen.delete(key)
      seen.set(key, { window: windowAt(now), count })
      const [oldest] = seen.keys()
      if (seen.size > KEYS_MAX && oldest !== undefined) seen.delete(oldest)
    },
  }
}
