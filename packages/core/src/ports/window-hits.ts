import type { Change, Outcome } from './changes.js'
import type { Instant } from './clock.js'

/** So many hits of one key at one instant. */
export type Hit = readonly [at: Instant, count: number]

type Booking = Extract<Change, { type: 'window.book' }>
type Booked = Extract<Outcome, { type: 'booked' }>

/** Without `count` of those at an instant, as far as there are so many. */
const without = (hits: readonly Hit[], { at, count }: NonNullable<Booking['unused']>): readonly Hit[] => {
  let left = count
  return hits.flatMap((hit): readonly Hit[] => {
    const gone = hit[0] === at ? Math.min(left, hit[1]) : 0
    left -= gone
    return gone === 0 ? [hit] : hit[1] > gone ? [[at, hit[1] - gone]] : []
  })
}

/** Newest first, each instant once: the hits of one instant leave a window together. */
const byInstant = (hits: readonly Hit[]): readonly Hit[] => {
  const counts = new Map<Instant, number>()
  for (const [at, count] of hits) counts.set(at, (counts.get(at) ?? 0) + count)
  return [...counts].sort(([one], [other]) => other - one)
}

/**
 * For adapters: what `window.book` makes of the hits of its key. Later hits count too, so that no window holds more than `limit` whatever the
 * order in which its hits were booked. Those of one window more than needed are kept, for a clock that is behind.
 */
export const bookHits = (hits: readonly Hit[], booking: Booking): { readonly booked: Booked; readonly hits: Hit[] } => {
  const { count, least = count, from, windowMs, limit, unused } = booking
  const known = unused === undefined ? hits : without(hits, unused)
  const kept = byInstant(known.filter(([at]) => at > from - 2 * windowMs))
  if (count === 0) return { booked: { type: 'booked', at: from, count }, hits: [...kept] }
  let at = from
  let fits = limit
  for (const [hitAt, many] of kept) {
    if (hitAt <= at - windowMs) break
    if (fits - many < least) {
      at = Math.max(from, hitAt + windowMs)
      break
    }
    fits -= many
  }
  const booked: Booked = { type: 'booked', at, count: Math.min(count, Math.max(fits, least)) }
  return { booked, hits: [...kept, [at, booked.count]] }
}
