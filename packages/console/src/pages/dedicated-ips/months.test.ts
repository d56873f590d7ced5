import { expect, it } from 'vitest'
import { monthsBetween } from './months.js'

const on = (year: number, month: number, day: number): number => new Date(year, month - 1, day, 12).getTime()

it('the months of a service go from the newest to the first', () => {
  expect(monthsBetween(on(2026, 11, 30), on(2027, 2, 1))).toEqual(['2027-02', '2027-01', '2026-12', '2026-11'])
})

it('there is always the present month', () => {
  expect(monthsBetween(on(2026, 12, 1), on(2026, 12, 31))).toEqual(['2026-12'])
  expect(monthsBetween(on(2027, 1, 1), on(2026, 12, 31))).toEqual(['2026-12'])
})
