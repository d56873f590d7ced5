import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BulkSenderFacts, planDays, planWarnings, warnsOfInvalid } from './index.js'

const today = '2026-11-23'

describe('planDays', () => {
  it('TSK-13: 10,000 rows of a new domain, raised once a day', () => {
    expect(planDays({ rows: 10_000, level: 1, leftToday: 500, raise: 'one-per-day', today })).toEqual([
      { day: '2026-11-23', count: 1_000 },
      { day: '2026-11-24', count: 2_000 },
      { day: '2026-11-25', count: 5_000 },
      { day: '2026-11-26', count: 2_000 },
    ])
  })

  it('TSK-13: all of them today when raises are unbounded', () => {
    expect(planDays({ rows: 10_000, level: 1, leftToday: 500, raise: 'unbounded', today })).toEqual([
      { day: '2026-11-23', count: 10_000 },
    ])
  })

  it('TSK-13: counts what today has used up, and the raise it has had', () => {
    const plan = { rows: 3_000, level: 2, leftToday: 100, raise: 'one-per-day', today } as const
    expect(planDays(plan).map((d) => d.count)).toEqual([1_100, 1_900])
    expect(planDays({ ...plan, raisedToday: true }).map((d) => d.count)).toEqual([100, 2_000, 900])
  })

  it('TSK-13: starts tomorrow, at the lower level, after a block', () => {
    const plan = { rows: 800, level: 3, leftToday: 0, noRaiseToday: true, levelTomorrow: 1, today } as const
    expect(planDays({ ...plan, raise: 'one-per-day' })).toEqual([{ day: '2026-11-24', count: 800 }])
    expect(planDays({ ...plan, rows: 1_200, raise: 'unbounded' })).toEqual([{ day: '2026-11-24', count: 1_200 }])
  })

  it('goes over the end of the year, and ends at level 20 without a grant', () => {
    const plan = planDays({ rows: 2_500_000, level: 20, leftToday: 0, raise: 'unbounded', today: '2026-12-31' })
    expect(plan).toEqual([
      { day: '2027-01-01', count: 1_000_000 },
      { day: '2027-01-02', count: 1_000_000 },
      { day: '2027-01-03', count: 500_000 },
    ])
    const granted = { rows: 2_500_000, level: 21, leftToday: 3_000_000, operatorLimit: 3_000_000 } as const
    expect(planDays({ ...granted, raise: 'unbounded', today })).toEqual([{ day: today, count: 2_500_000 }])
  })

  it('TSK-13: rows of other runs go first, and what starts later goes from its day on', () => {
    const plan = { rows: 2_000, level: 1, leftToday: 500, raise: 'one-per-day', today } as const
    expect(planDays({ ...plan, ahead: 900 })).toEqual([
      { day: '2026-11-23', count: 100 },
      { day: '2026-11-24', count: 1_900 },
    ])
    expect(planDays({ ...plan, startsOn: '2026-12-01' })).toEqual([
      { day: '2026-12-01', count: 1_000 },
      { day: '2026-12-02', count: 1_000 },
    ])
    // Those ahead raise the level on the way: 1,000, 2,000 and then 500 of 2,000 or more.
    expect(planDays({ ...plan, ahead: 3_500, startsOn: '2026-11-25' })).toEqual([{ day: '2026-11-25', count: 2_000 }])
    // Those ahead leave room today, which is no use to what is not there yet.
    expect(planDays({ ...plan, ahead: 600, startsOn: '2026-11-25' })).toEqual([{ day: '2026-11-25', count: 2_000 }])
    expect(planDays({ ...plan, level: 2, noRaiseToday: true, levelTomorrow: 1, startsOn: '2036-11-24' })).toEqual([
      { day: '2036-11-24', count: 1_000 },
      { day: '2036-11-25', count: 1_000 },
    ])
  })

  it('plans every row once and no row twice', () => {
    const rows = fc.integer({ min: 0, max: 50_000 })
    const level = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(rows, level, fc.constantFrom('one-per-day' as const, 'unbounded' as const), (count, at, raise) => {
        const days = planDays({ rows: count, level: at, leftToday: 17, raise, today })
        expect(days.reduce((sum, day) => sum + day.count, 0)).toBe(count)
        expect(days.every((day) => day.count > 0)).toBe(true)
      }),
    )
  })
})

describe('planWarnings', () => {
  const fine: BulkSenderFacts = {
    spf: true,
    dkim: true,
    dmarc: true,
    aligned: true,
    oneClickUnsubscribe: true,
    visibleUnsubscribe: true,
    complained: 0,
    delivered: 1_000,
  }

  it('TSK-13: warns from 3 % invalid', () => {
    expect(warnsOfInvalid(29, 1_000)).toBe(false)
    expect(warnsOfInvalid(30, 1_000)).toBe(true)
    expect(warnsOfInvalid(0, 0)).toBe(false)
    expect(planWarnings({ recipients: 1_000, invalid: 29, bulk: fine })).toEqual([])
    expect(planWarnings({ recipients: 1_000, invalid: 30, bulk: fine })).toEqual([
      { type: 'invalid-rate', invalid: 30, of: 1_000 },
    ])
  })

  it.each<[string, Partial<BulkSenderFacts>]>([
    ['spf', { spf: false }],
    ['dkim', { dkim: false }],
    ['dmarc', { dmarc: false }],
    ['alignment', { aligned: false }],
    ['one-click-unsubscribe', { oneClickUnsubscribe: false }],
    ['visible-unsubscribe', { visibleUnsubscribe: false }],
    ['complaint-rate', { complained: 3 }],
  ])('TSK-13: names the bulk-sender rule %s that would fail', (rule, broken) => {
    expect(planWarnings({ recipients: 1_000, invalid: 0, bulk: { ...fine, ...broken } })).toEqual([
      { type: 'bulk-sender-rule', rule },
    ])
  })

  it('TSK-13: says which rules nobody here can tell', () => {
    const bulk = { ...fine, dmarc: false, spf: null, dkim: null, aligned: null }
    expect(planWarnings({ recipients: 1_000, invalid: 0, bulk })).toEqual([
      { type: 'bulk-sender-rule', rule: 'dmarc' },
      { type: 'bulk-sender-unknown', rules: ['spf', 'dkim', 'alignment'] },
    ])
  })
})
