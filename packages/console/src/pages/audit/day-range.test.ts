import { expect, it } from 'vitest'
import { dayRange } from './day-range.js'

it('a range of days has its last day in it', () => {
  expect(dayRange('2026-11-01', '2026-11-30')).toEqual({
    from: new Date(2026, 10, 1).getTime(),
    to: new Date(2026, 11, 1).getTime(),
  })
})

it('what is no day bounds nothing', () => {
  expect(dayRange('', 'yesterday')).toEqual({})
  expect(dayRange('2026-11-01', '')).toEqual({ from: new Date(2026, 10, 1).getTime() })
})
