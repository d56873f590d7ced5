import { describe, expect, it } from 'vitest'
import {
  applyDecision,
  grantLimit,
  highestLevel,
  isBlockedToday,
  levelLimit,
  limitToday,
  newWarmUp,
  openDay,
  type WarmUp,
} from './index.js'

const aWarmUp = (over: Partial<WarmUp> = {}): WarmUp => ({ ...newWarmUp('2026-11-23'), ...over })

describe('levels', () => {
  it('TSK-7: has the daily limits of the table at levels 1 to 20', () => {
    const limits = Array.from({ length: 20 }, (_, i) => levelLimit(i + 1))
    expect(limits).toEqual([
      500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 300_000, 400_000,
      500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000,
    ])
  })

  it('TSK-7: goes above 20 only by the grant of the operator', () => {
    expect(() => levelLimit(21)).toThrow(expect.objectContaining({ code: 'LIMIT_REACHED' }))
    expect(levelLimit(21, 5_000_000)).toBe(5_000_000)
    expect(levelLimit(20, 5_000_000)).toBe(1_000_000)
    for (const level of [0, -1, 1.5, Number.NaN]) {
      expect(() => levelLimit(level, 5_000_000)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    }
  })
})

describe('the warm-up of a domain', () => {
  it('TSK-7: starts a new domain at level 1, which is 500 mails', () => {
    expect(newWarmUp('2026-11-23').level).toBe(1)
    expect(limitToday(newWarmUp('2026-11-23'))).toBe(500)
  })

  it('TSK-8: a raise counts at once', () => {
    const raised = applyDecision(aWarmUp(), { type: 'raise', to: 2 })
    expect(limitToday(raised)).toBe(1_000)
    expect(raised.raisedToday).toBe(1)
    expect(openDay(raised, '2026-11-24')).toMatchObject({ level: 2, raisedToday: 0 })
  })

  it('TSK-9: a lowering leaves today alone, takes effect on the next day, and only once', () => {
    const lowered = applyDecision(aWarmUp({ level: 3 }), { type: 'lower', to: 2 })
    expect(limitToday(lowered)).toBe(2_000)
    const next = openDay(lowered, '2026-11-24')
    expect(limitToday(next)).toBe(1_000)
    expect(openDay(next, '2026-11-25').level).toBe(2)
    expect(openDay(lowered, '2026-12-24').level).toBe(2)
  })

  it('TSK-9: level 1 is the floor', () => {
    const lowered = applyDecision(aWarmUp({ level: 1 }), { type: 'lower', to: 1 })
    expect(openDay(lowered, '2026-11-24').level).toBe(1)
  })

  it('TSK-9: nothing is raised on a day that has been lowered, and lowering twice is lowering once', () => {
    const lowered = applyDecision(aWarmUp({ level: 4 }), { type: 'lower', to: 3 })
    expect(applyDecision(lowered, { type: 'raise', to: 5 })).toEqual(lowered)
    expect(openDay(applyDecision(lowered, { type: 'lower', to: 3 }), '2026-11-24').level).toBe(3)
  })

  it('TSK-10: a block lasts for the rest of the day and no longer', () => {
    const blocked = applyDecision(aWarmUp({ level: 4 }), { type: 'block', to: 3 })
    expect(isBlockedToday(blocked)).toBe(true)
    const next = openDay(blocked, '2026-11-24')
    expect(isBlockedToday(next)).toBe(false)
    expect(next.level).toBe(3)
  })

  it('TSK-11: an earlier or the same day does not open again', () => {
    const lowered = aWarmUp({ level: 3, lowerNextDay: true, blockedDay: '2026-11-23' })
    expect(openDay(lowered, '2026-11-23')).toBe(lowered)
    expect(openDay(lowered, '2026-11-22')).toBe(lowered)
  })

  it('TSK-7: the grant puts a domain above 20, and its withdrawal back to 20', () => {
    const granted = grantLimit(aWarmUp({ level: 20 }), 3_000_000)
    expect(limitToday(granted)).toBe(3_000_000)
    expect(highestLevel(granted)).toBe(21)
    expect(highestLevel(aWarmUp())).toBe(20)
    const lowered = openDay(applyDecision(granted, { type: 'lower', to: 20 }), '2026-11-24')
    expect(limitToday(lowered)).toBe(1_000_000)
    expect(limitToday(grantLimit(granted, null))).toBe(1_000_000)
    expect(() => grantLimit(aWarmUp(), 1_000_000)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ nearest: 1_000_001 }) }),
    )
  })
})
