import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookHits, type Hit } from './window-hits.js'

const windowMs = 100
const limit = 10

const bookings = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: limit }),
    alone: fc.boolean(),
    gap: fc.nat({ max: 60 }),
    behind: fc.nat({ max: 40 }),
  }),
  { minLength: 5, maxLength: 40 },
)

describe('bookHits', () => {
  it('DIP-3: no window holds more than the limit, in whatever order clocks that differ have booked', () => {
    fc.assert(
      fc.property(bookings, (wanted) => {
        const all: Hit[] = []
        let hits: readonly Hit[] = []
        let now = 1_000
        for (const { count, alone, gap, behind } of wanted) {
          now += gap
          const least = alone ? 1 : count
          const from = now - behind
          const result = bookHits(hits, { type: 'window.book', key: 'k', count, least, from, windowMs, limit })
          expect(result.booked.at).toBeGreaterThanOrEqual(from)
          expect(result.booked.count).toBeGreaterThanOrEqual(least)
          all.push([result.booked.at, result.booked.count])
          hits = result.hits
        }
        for (const [from] of all) {
          const within = all.filter(([at]) => at >= from && at < from + windowMs)
          expect(within.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })

  it('DIP-3: hits of one instant leave the window together, in however many bookings they came', () => {
    const booking = { type: 'window.book', key: 'k', windowMs, from: 1_000, limit: 3 } as const
    const first = bookHits([], { ...booking, count: 1 })
    const second = bookHits(first.hits, { ...booking, count: 2 })
    const third = bookHits(second.hits, { ...booking, count: 3, least: 1 })
    expect(third.booked).toEqual({ type: 'booked', at: 1_000 + windowMs, count: 3 })
  })
})
