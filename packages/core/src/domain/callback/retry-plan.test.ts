import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextRetry, RETRY_PLAN } from './retry-plan.js'
import { verdictOf } from './verdict.js'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const START = Date.UTC(2026, 10, 23, 9)

/** The instants of all attempts of an event that never succeeds, in ms after it was taken up. */
const attempts = (random: () => number, retryAfterSeconds: number | null = null): readonly number[] => {
  const made = [START]
  for (;;) {
    const now = made.at(-1) ?? START
    const at = nextRetry({ tries: made.length, now, since: START, retryAfterSeconds, random: random() }, RETRY_PLAN)
    if (at === null) return made.map((instant) => instant - START)
    made.push(at)
  }
}

describe('the plan of retries', () => {
  it('CBK-4: after 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, then daily, the last one at 72 h', () => {
    const waits = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 86_400, 86_400].map((seconds) => seconds * SECOND)
    const sums = waits.map((_, index) => waits.slice(0, index + 1).reduce((sum, wait) => sum + wait, 0))
    expect(attempts(() => 0.5)).toEqual([0, ...sums, 72 * HOUR])
  })

  it('CBK-4: whatever the jitter, ascending, within its share, and to the end of the 72 h', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const made = attempts(() => stream.next().value ?? 0)
        const waits = made.slice(1).map((at, index) => at - (made[index] ?? 0))
        expect(waits.every((wait) => wait > 0)).toBe(true)
        expect(made.at(-1)).toBe(72 * HOUR)
        waits.slice(0, -1).forEach((wait, index) => {
          const planned = (RETRY_PLAN.afterSeconds[index] ?? RETRY_PLAN.thenEverySeconds) * SECOND
          expect(Math.abs(wait - planned)).toBeLessThanOrEqual(planned * 0.1 + 1)
        })
      }),
    )
  })

  it.each([
    ['longer than planned', 120, 120],
    ['shorter than planned', 2, 5],
    ['longer than a day', 10 * 86_400, 86_400],
  ])('CBK-4: honours a Retry-After %s', (_, retryAfterSeconds, waited) => {
    const question = { tries: 1, now: START, since: START, retryAfterSeconds, random: 0.5 }
    expect(nextRetry(question, RETRY_PLAN)).toBe(START + waited * SECOND)
  })

  it('CBK-4: no Retry-After leads beyond 72 h', () => {
    expect(attempts(() => 0.5, 86_400)).toEqual([0, 24 * HOUR, 48 * HOUR, 72 * HOUR])
  })

  it('CBK-4: an event that waited for more than 72 h is tried once and then parked', () => {
    const now = START + 100 * HOUR
    expect(nextRetry({ tries: 1, now, since: START, retryAfterSeconds: null, random: 0.5 }, RETRY_PLAN)).toBeNull()
  })
})

describe('an answer', () => {
  it.each([
    [200, 'told'],
    [204, 'told'],
    [299, 'told'],
    [199, 'later'],
    [301, 'later'],
    [308, 'later'],
    [400, 'later'],
    [404, 'later'],
    [410, 'gone'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ] as const)('CBK-4: %i means %s', (status, verdict) => expect(verdictOf(status)).toBe(verdict))
})
