import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextCheckAt } from './recheck.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('the daily check of a domain', () => {
  it('DOM-9: comes once a day, always at the same time, never within the hour', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(100 * DAY), (domain, now) => {
        const first = nextCheckAt(domain, now)
        expect(first - now).toBeGreaterThanOrEqual(HOUR)
        expect(first - now).toBeLessThan(DAY + HOUR)
        expect(nextCheckAt(domain, first)).toBe(first + DAY)
      }),
    )
  })

  it('DOM-9: of ten thousand domains no hour of the day has more than its share and a third', () => {
    const hours = Array.from({ length: 24 }, () => 0)
    for (let at = 0; at < 10_000; at += 1) {
      const hour = Math.floor((nextCheckAt(randomUUID(), 0) % DAY) / HOUR)
      hours[hour] = (hours[hour] ?? 0) + 1
    }
    expect(Math.max(...hours)).toBeLessThan((10_000 / 24) * 1.34)
    expect(Math.min(...hours)).toBeGreaterThan((10_000 / 24) * 0.66)
  })
})
