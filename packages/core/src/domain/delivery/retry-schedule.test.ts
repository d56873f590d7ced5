import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FIRST_DELAY_MS,
  GIVE_UP_AFTER_MS,
  JITTER,
  MAX_DELAY_MS,
  nextAttempt,
  type RetryKind,
  type RetryQuestion,
  retryDelay,
} from './retry-schedule.js'

const T0 = Date.UTC(2026, 10, 22)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAYS_3 = 72 * 3_600
const kinds = Object.keys(FIRST_DELAY_MS) as RetryKind[]

const aQuestion = (changes: Partial<RetryQuestion> = {}): RetryQuestion => ({
  attempt: 1,
  kind: 'temporary',
  now: T0,
  acceptedAt: T0,
  random: 0.5,
  validForSeconds: DAYS_3,
  ...changes,
})

/** Fails every attempt at once and tells when each was made and how it ended. */
function failForEver(kind: RetryKind, draws: readonly number[], validForSeconds: number | null) {
  const attempts = [T0]
  for (let attempt = 1; ; attempt++) {
    const now = attempts.at(-1) ?? T0
    const random = draws[attempt % draws.length] ?? 0.5
    const next = nextAttempt({ attempt, kind, now, acceptedAt: T0, random, validForSeconds })
    if (next.type === 'give-up') return { attempts, as: next.as }
    attempts.push(next.at)
  }
}

describe('nextAttempt', () => {
  it('TSK-12: the first retry comes after 5 min for 4yz, 1 min for connection failures', () => {
    expect(nextAttempt(aQuestion())).toEqual({ type: 'retry', at: T0 + 5 * MINUTE })
    expect(nextAttempt(aQuestion({ kind: 'connection' }))).toEqual({ type: 'retry', at: T0 + MINUTE })
    expect(nextAttempt(aQuestion({ kind: 'rate-limited' }))).toEqual({ type: 'retry', at: T0 + 10 * MINUTE })
  })

  it('TSK-12: then exponential to 6 h', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40].map((attempt) => retryDelay(aQuestion({ attempt })) / MINUTE)
    expect(minutes).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360, 360])
  })

  it('TSK-12: given up after 72 h as a soft bounce', () => {
    const { attempts, as } = failForEver('temporary', [0.5], null)
    expect(as).toBe('bouncedSoft')
    expect(attempts.at(-1)).toBe(T0 + GIVE_UP_AFTER_MS)
    expect(nextAttempt(aQuestion({ now: T0 + GIVE_UP_AFTER_MS - 1, validForSeconds: null })).type).toBe('retry')
  })

  it('TSK-12, TRG-8: with the default validity it is a soft bounce too, the last attempt a minute before the end', () => {
    const { attempts, as } = failForEver('temporary', [0.5], DAYS_3)
    expect(as).toBe('bouncedSoft')
    expect(attempts.at(-1)).toBe(T0 + GIVE_UP_AFTER_MS - MINUTE)
  })

  it('TRG-8: past a shorter validity it is expired, never tried late', () => {
    const { attempts, as } = failForEver('temporary', [0.5], 3_600)
    expect(as).toBe('expired')
    expect(attempts.map((at) => (at - T0) / MINUTE)).toEqual([0, 5, 15, 35, 59])
    expect(nextAttempt(aQuestion({ now: T0 + HOUR, validForSeconds: 3_600 }))).toEqual({
      type: 'give-up',
      as: 'expired',
    })
  })

  it('TRG-8: a longer validity does not lengthen the life of 72 h', () => {
    expect(failForEver('connection', [0.5], 30 * 86_400)).toMatchObject({ as: 'bouncedSoft' })
  })

  it('TSK-12: delays never shrink, stay within 10 % of the plan, and fill the stated life, for any draws', () => {
    const draws = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 })
    const validity = fc.option(fc.integer({ min: 1, max: 5 * 86_400 }))
    fc.assert(
      fc.property(fc.constantFrom(...kinds), draws, validity, (kind, random, validForSeconds) => {
        const { attempts, as } = failForEver(kind, random, validForSeconds)
        const end = Math.min(GIVE_UP_AFTER_MS, (validForSeconds ?? Number.POSITIVE_INFINITY) * 1_000)
        const last = (attempts.at(-1) ?? 0) - T0
        expect(last).toBeLessThanOrEqual(end)
        expect(last).toBeGreaterThanOrEqual(end - Math.min(MINUTE, end / 20))
        expect(as).toBe(end < GIVE_UP_AFTER_MS ? 'expired' : 'bouncedSoft')

        // The last delay is cut by the end of the life.
        const delays = attempts.slice(1, -1).map((at, n) => at - (attempts[n] ?? 0))
        for (const [n, delay] of delays.entries()) {
          const plan = FIRST_DELAY_MS[kind] * 2 ** n
          expect(delay).toBeGreaterThanOrEqual(Math.min(Math.floor(plan * (1 - JITTER)), MAX_DELAY_MS))
          expect(delay).toBeLessThanOrEqual(Math.min(Math.ceil(plan * (1 + JITTER)), MAX_DELAY_MS))
          expect(delay).toBeGreaterThanOrEqual(delays[n - 1] ?? 0)
        }
      }),
      { numRuns: 500 },
    )
  })
})
