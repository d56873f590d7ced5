import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DayFacts, decideLevel, rates, settledOf } from './index.js'

/** A day at a limit of 20,000 on which everything was delivered and nothing opened, but for `over`; settled is kept in step. */
function aDay(over: Partial<DayFacts> & { readonly lost?: number } = {}): DayFacts {
  const { lost = 0, ...rest } = over
  const settled = rest.settled ?? 20_000
  return {
    limit: settled,
    handedOver: settled,
    settled,
    delivered: settled - lost,
    bouncedHard: lost,
    bouncedSoft: 0,
    dropped: 0,
    invalid: 0,
    spamBounced: 0,
    complained: 0,
    humanOpened: 0,
    ...rest,
  }
}
const decide = (facts: DayFacts, level = 4) => decideLevel({ level, raisedToday: false, facts, raise: 'one-per-day' })
const type = (facts: DayFacts) => decide(facts).type

describe('raising', () => {
  it('TSK-8: raises by one level when all is well, but not past 20', () => {
    expect(decide(aDay())).toEqual({ type: 'raise', to: 5 })
    expect(decide(aDay(), 19)).toEqual({ type: 'raise', to: 20 })
    expect(decide(aDay(), 20)).toEqual({ type: 'stay' })
    expect(decideLevel({ level: 20, raisedToday: false, facts: aDay(), raise: 'unbounded', highest: 21 })).toEqual({
      type: 'raise',
      to: 21,
    })
  })

  it('TSK-8: from 70 % of the limit handed over', () => {
    expect(type(aDay({ limit: 20_000, settled: 14_000 }))).toBe('raise')
    expect(type(aDay({ limit: 20_000, settled: 13_999 }))).toBe('stay')
    expect(type(aDay({ limit: 20_000, settled: 14_001 }))).toBe('raise')
  })

  it('TSK-8: from 90 % of that settled', () => {
    expect(type(aDay({ handedOver: 20_000, settled: 18_000, limit: 20_000 }))).toBe('raise')
    expect(type(aDay({ handedOver: 20_000, settled: 17_999, limit: 20_000 }))).toBe('stay')
  })

  it.each<[string, Partial<DayFacts> & { lost?: number }, Partial<DayFacts> & { lost?: number }]>([
    ['invalid < 5 %', { invalid: 999 }, { invalid: 1_000 }],
    ['delivered > 92 %', { lost: 1_599 }, { lost: 1_600 }],
    ['spam bounces < 2.5 %', { spamBounced: 499 }, { spamBounced: 500 }],
    ['complaints < 0.1 %', { complained: 19 }, { complained: 20 }],
  ])('TSK-8: the clean way asks for %s', (_, enough, tooLittle) => {
    expect(type(aDay(enough))).toBe('raise')
    expect(type(aDay(tooLittle))).toBe('stay')
  })

  const engaged = { lost: 1_700, invalid: 1_200, spamBounced: 800, humanOpened: 10_000 }
  it.each<[string, Partial<DayFacts> & { lost?: number }, Partial<DayFacts> & { lost?: number }]>([
    ['opened > 50 % of delivered', { humanOpened: 9_151 }, { humanOpened: 9_150 }],
    ['delivered > 90 %', { lost: 1_999 }, { lost: 2_000 }],
    ['complaints < 0.1 % of delivered', { complained: 18 }, { complained: 19 }],
  ])('TSK-8: the engaged way overlooks invalid and spam bounces, but asks for %s', (_, enough, tooLittle) => {
    expect(type(aDay({ ...engaged, ...enough }))).toBe('raise')
    expect(type(aDay({ ...engaged, ...tooLittle }))).toBe('stay')
  })

  it('TSK-8: once a day, or without bound when so chosen', () => {
    const again = { level: 4, raisedToday: true, facts: aDay() }
    expect(decideLevel({ ...again, raise: 'one-per-day' })).toEqual({ type: 'stay' })
    expect(decideLevel({ ...again, raise: 'unbounded' })).toEqual({ type: 'raise', to: 5 })
  })

  it('stays on a day without mail', () => {
    expect(type(aDay({ settled: 0, limit: 500 }))).toBe('stay')
  })
})

describe('lowering and blocking', () => {
  it.each<[string, Partial<DayFacts> & { lost?: number }, Partial<DayFacts> & { lost?: number }]>([
    ['invalid > 9 %', { invalid: 900 }, { invalid: 901 }],
    ['delivered < 65 %', { lost: 3_500 }, { lost: 3_501 }],
    ['spam bounces > 5 %', { spamBounced: 500 }, { spamBounced: 501 }],
    ['complaints > 0.5 %', { complained: 50 }, { complained: 51 }],
  ])('TSK-9: lowers by one at %s', (_, bearable, tooMuch) => {
    const day = { settled: 10_000, limit: 100_000 }
    expect(type(aDay({ ...day, ...bearable }))).toBe('stay')
    expect(decide(aDay({ ...day, ...tooMuch }))).toEqual({ type: 'lower', to: 3 })
    expect(decide(aDay({ ...day, ...tooMuch }), 1)).toEqual({ type: 'lower', to: 1 })
  })

  it('TSK-9: only after 300 settled mails', () => {
    expect(type(aDay({ settled: 300, lost: 150 }))).toBe('stay')
    expect(type(aDay({ settled: 301, lost: 150 }))).toBe('lower')
  })

  it('TSK-9: lowering beats raising', () => {
    const both = aDay({ lost: 1_900, invalid: 1_900, humanOpened: 12_000 })
    expect(type({ ...both, invalid: 1_800 })).toBe('raise')
    expect(type(both)).toBe('lower')
  })

  it.each<[string, Partial<DayFacts>, Partial<DayFacts>]>([
    ['invalid > 11 %', { invalid: 1_100 }, { invalid: 1_101 }],
    ['spam bounces > 15 %', { spamBounced: 1_500 }, { spamBounced: 1_501 }],
  ])('TSK-10: blocks the rest of the day at %s, and lowers the next', (_, bearable, tooMuch) => {
    expect(type(aDay({ settled: 10_000, ...bearable }))).toBe('lower')
    expect(decide(aDay({ settled: 10_000, ...tooMuch }))).toEqual({ type: 'block', to: 3 })
  })

  it('TSK-10: only after 300 settled mails', () => {
    expect(type(aDay({ settled: 300, lost: 100, invalid: 100 }))).toBe('stay')
    expect(type(aDay({ settled: 301, lost: 100, invalid: 100 }))).toBe('block')
  })
})

describe('rates', () => {
  it('TSK-11: settled is delivered, bounced and dropped by the receiver; complaints and opens are over delivered', () => {
    const facts = aDay({
      delivered: 400,
      bouncedHard: 50,
      bouncedSoft: 30,
      dropped: 20,
      complained: 2,
      humanOpened: 100,
      invalid: 40,
    })
    const settled = settledOf(facts)
    expect(settled).toBe(500)
    expect(rates({ ...facts, settled })).toEqual({
      invalid: { count: 40, of: 500 },
      delivered: { count: 400, of: 500 },
      spamBounced: { count: 0, of: 500 },
      complained: { count: 2, of: 400 },
      opened: { count: 100, of: 400 },
    })
  })

  it('never raises and lowers the same facts, and moves by at most one level', () => {
    const count = fc.integer({ min: 0, max: 2_000 })
    const days = fc.record({
      settled: count,
      invalid: count,
      spamBounced: count,
      complained: count,
      lost: count,
      humanOpened: count,
    })
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 20 }), (day, level) => {
        const decision = decide(aDay({ ...day, lost: Math.min(day.lost, day.settled) }), level)
        if (decision.type === 'stay') return
        expect(decision.to - level).toBe(decision.type === 'raise' ? 1 : level === 1 ? 0 : -1)
      }),
    )
  })
})
