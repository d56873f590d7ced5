import { describe, expect, it } from 'vitest'
import { createIpRates } from './ip-rates.js'

const NOW = 1_000_000

describe('the rates of dedicated IPs in one process', () => {
  it('DIP-3: a window’s worth is put aside once, whatever part of it is used at once', () => {
    const rates = createIpRates(30)
    const first = rates.reserve('a', 500, NOW)
    expect(first.count).toBe(30)
    // Before the first has said what it needs, nobody else gets any.
    expect(rates.reserve('a', 500, NOW).count).toBe(0)
    first.use(20)
    expect(rates.reserve('a', 500, NOW + 1_019).count).toBe(10)
    expect(rates.reserve('b', 5, NOW).count).toBe(5)
    expect(rates.reserve('a', 500, NOW + 1_020).count).toBe(20)
  })

  it('DIP-3: who has to wait comes when it is free if that is soon, else in a second of its own', () => {
    const rates = createIpRates(30)
    rates.reserve('a', 30, NOW)
    expect(rates.comeAgain(['a'], 'domain', NOW + 900)).toBe(NOW + 1_020)
    expect([1, 2, 3].map(() => rates.comeAgain(['a'], 'domain', NOW))).toEqual([NOW + 1_020, NOW + 2_040, NOW + 3_060])
    for (let at = 0; at < 50; at += 1) rates.comeAgain(['a'], 'domain', NOW)
    expect(rates.comeAgain(['a'], 'domain', NOW)).toBe(NOW + 10_000)
  })

  it('DIP-3: what leaves is counted when it leaves, in any second', () => {
    const rates = createIpRates(3)
    for (const at of [NOW, NOW + 400, NOW + 500]) {
      expect(rates.nextAt('a', at)).toBe(0)
      rates.departed('a', at)
    }
    expect(rates.nextAt('a', NOW + 999)).toBe(NOW + 1_000)
    expect(rates.nextAt('b', NOW + 999)).toBe(0)
    rates.departed('a', NOW + 1_000)
    expect(rates.nextAt('a', NOW + 1_001)).toBe(NOW + 1_400)
  })
})
