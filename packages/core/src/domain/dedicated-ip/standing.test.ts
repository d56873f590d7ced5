import { describe, expect, it } from 'vitest'
import { freeInOrder } from './choose-free.js'
import { dayInUse, isFree, limitOnDay, poolState } from './standing.js'

const NOW = Date.UTC(2026, 10, 23)

describe('how an IP stands', () => {
  it.each([
    [1, 500],
    [2, 1_000],
    [5, 10_000],
    [20, 1_000_000],
    [21, null],
    [400, null],
  ])('DIP-7: on day %i in use it may take %j', (day, limit) => {
    expect(limitOnDay(day)).toBe(limit)
  })

  it('DIP-7: the day of its allocation is day 1, by the calendar', () => {
    expect(dayInUse('2026-11-23', '2026-11-23')).toBe(1)
    expect(dayInUse('2026-11-23', '2026-12-01')).toBe(9)
    // A clock that is behind gives no day 0.
    expect(dayInUse('2026-11-23', '2026-11-22')).toBe(1)
  })

  it('DIP-5: a cool-down ends by the clock', () => {
    const cooling = { state: 'cooling', coolUntil: NOW } as const
    expect([isFree(cooling, NOW - 1), isFree(cooling, NOW)]).toEqual([false, true])
    expect(isFree({ state: 'retired', coolUntil: null }, NOW)).toBe(false)
  })

  it('DIP-7: an allocated IP is warming until its 20th day is over', () => {
    const kept = { state: 'allocated', coolUntil: null, since: '2026-11-01' } as const
    expect(poolState(kept, NOW, '2026-11-20')).toBe('warming')
    expect(poolState(kept, NOW, '2026-11-21')).toBe('allocated')
    expect(poolState({ state: 'cooling', coolUntil: NOW, since: null }, NOW, '2026-11-21')).toBe('free')
  })

  it('DIP-5: IPs that were never used are given out before those that have rested, longest rest first', () => {
    const pool = [
      { ip: 'short', state: 'cooling', coolUntil: NOW },
      { ip: 'still', state: 'cooling', coolUntil: NOW + 1 },
      { ip: 'long', state: 'cooling', coolUntil: NOW - 5 },
      { ip: 'one', state: 'free', coolUntil: null },
      { ip: 'gone', state: 'retired', coolUntil: null },
      { ip: 'two', state: 'free', coolUntil: null },
    ] as const
    expect(freeInOrder(pool, NOW, 0).map(({ ip }) => ip)).toEqual(['one', 'two', 'long', 'short'])
    expect(freeInOrder(pool, NOW, 0.5).map(({ ip }) => ip)).toEqual(['two', 'one', 'long', 'short'])
  })
})
