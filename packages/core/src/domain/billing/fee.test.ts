import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar/index.js'
import { activeDays, halfUp, monthFees, type Usage } from './fee.js'
import { daysInMonth, monthOf, monthsFrom, nextMonth } from './months.js'

const aUsage = (since: string, until: string | null, price = 900_00): Usage => ({
  id: since,
  ip: '192.0.2.1',
  price,
  since,
  until,
})
const fees = (usages: readonly Usage[], month: string) => monthFees(usages, month, '9999-12-31').map(({ fee }) => fee)

describe('the fee of a month', () => {
  it.each([
    ['a whole month', '2026-10-05', null, '2026-11', 900_00],
    ['from the 16th of 30', '2026-11-16', null, '2026-11', 450_00],
    ['one day', '2026-11-16', '2026-11-16', '2026-11', 30_00],
    ['to the 10th of 31', '2026-10-05', '2026-12-10', '2026-12', 290_32],
    ['a leap day', '2028-02-29', '2028-02-29', '2028-02', 31_03],
  ])('DIP-6: price × active days ÷ days in month, half-up: %s', (_, since, until, month, fee) => {
    expect(fees([aUsage(since, until)], month)).toEqual([fee])
  })

  it('DIP-6: nothing before its first and after its last day', () => {
    expect(fees([aUsage('2026-11-16', '2026-12-02')], '2026-10')).toEqual([])
    expect(fees([aUsage('2026-11-16', '2026-12-02')], '2027-01')).toEqual([])
    expect(activeDays(aUsage('2026-11-16', null), '2026-11', '2026-11-20')).toBe(5)
  })

  it('DIP-6: half a unit is rounded up, also where fractions would have lost it', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000_000), fc.integer({ min: 28, max: 31 }), fc.nat(31), (price, of, days) => {
        const exact = (2n * BigInt(price) * BigInt(days) + BigInt(of)) / (2n * BigInt(of))
        expect(BigInt(halfUp(price * days, of))).toBe(exact)
      }),
    )
    expect([halfUp(1, 2), halfUp(29, 2), halfUp(1, 3), halfUp(2, 3)]).toEqual([1, 15, 0, 1])
  })

  it('DIP-6: an IP given back and taken again within a month costs no more than its price', () => {
    const halves = [aUsage('2026-11-01', '2026-11-15', 1), aUsage('2026-11-16', null, 1)]
    expect(fees(halves, '2026-11')).toEqual([1, 0])
  })

  it('months follow the calendar', () => {
    expect(monthsFrom('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02'])
    expect([daysInMonth('2027-02'), daysInMonth('2028-02'), nextMonth('2026-12')]).toEqual([28, 29, '2027-01'])
    expect(monthOf(addDays('2026-12-31', 1))).toBe('2027-01')
  })
})
