import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, BREAKER_POLICY, type Breaker, CLOSED, isOpen, isProbing } from './breaker.js'

const START = Date.UTC(2026, 10, 23, 9)
const fail = (breaker: Breaker, now: number, askedSeconds: number | null = null): Breaker =>
  afterFailure(breaker, { now, askedSeconds, random: 0.5 }, BREAKER_POLICY)
const failed = (times: number): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((one) => fail(one, START), CLOSED)

describe('the breaker of an endpoint', () => {
  it('CBK-4: opens after five failures in a row, and lets one event through when its pause is over', () => {
    expect(isOpen(failed(4), START)).toBe(false)
    const open = failed(5)
    expect([isOpen(open, START), isOpen(open, START + 4_999), isOpen(open, START + 5_000)]).toEqual([true, true, false])
    expect([isProbing(failed(4), BREAKER_POLICY), isProbing(open, BREAKER_POLICY)]).toEqual([false, true])
  })

  it('CBK-4: doubles its pause with each failed probe, up to five minutes', () => {
    let breaker = failed(5)
    const pauses = Array.from({ length: 9 }, () => {
      const now = breaker.openUntil
      breaker = fail(breaker, now)
      return (breaker.openUntil - now) / 1_000
    })
    expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300, 300, 300])
  })

  it('CBK-4: failures of what was under way when it opened make the pause no longer', () => {
    const open = failed(5)
    expect(fail(fail(open, START + 1), START + 2).openUntil).toBe(open.openUntil)
  })

  it('CBK-4: a Retry-After opens it at once for so long', () => {
    const open = fail(CLOSED, START, 120)
    expect([open.openUntil, isProbing(open, BREAKER_POLICY)]).toEqual([START + 120_000, true])
    expect(fail(open, START + 1_000, 300).openUntil).toBe(START + 301_000)
    expect(fail(open, START + 1_000, 10).openUntil).toBe(START + 120_000)
  })

  it('CBK-4: is never open for longer than its longest pause and a tenth, unless it was asked to', () => {
    const step = fc.record({ wait: fc.nat(600_000), random: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = START
        let breaker = CLOSED
        for (const { wait, random } of steps) {
          now += wait
          breaker = afterFailure(breaker, { now, askedSeconds: null, random }, BREAKER_POLICY)
          expect(breaker.openUntil - now).toBeLessThanOrEqual(330_000)
        }
      }),
    )
  })
})
