import { describe, expect, it } from 'vitest'
import { dayOf, instantsOf, lastDays } from './range.js'

describe('a range of days', () => {
  it('ends with today and has so many days', () => {
    const now = new Date(2026, 10, 28, 15).getTime()
    expect(lastDays(7, now)).toEqual({ from: '2026-11-22', to: '2026-11-28' })
    expect(lastDays(1, now)).toEqual({ from: '2026-11-28', to: '2026-11-28' })
  })

  it('reaches from the start of the first to the start of the day after the last, also over a month', () => {
    const { from = 0, to = 0 } = instantsOf({ from: '2026-11-30', to: '2026-11-30' })
    expect([dayOf(from), dayOf(to), dayOf(to - 1)]).toEqual(['2026-11-30', '2026-12-01', '2026-11-30'])
    expect([new Date(from).getHours(), new Date(to).getHours()]).toEqual([0, 0])
  })

  it('is open where no day is given', () => {
    expect(instantsOf({ from: '', to: 'nonsense' })).toEqual({})
    expect(instantsOf({ from: '0002-11-30', to: '' })).toEqual({})
  })
})
