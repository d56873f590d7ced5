import { describe, expect, it } from 'vitest'
import { dayAfter, daysLeft, localOf, momentOf } from './moments.js'

describe('times in the fields of a form', () => {
  it('come back as the same minute', () => {
    const at = Date.UTC(2026, 2, 29, 11, 5)
    expect(Date.parse(momentOf(localOf(at)) ?? '')).toBe(at)
    expect(localOf(null)).toBe('')
    expect(momentOf('')).toBeUndefined()
    expect(momentOf('nonsense')).toBeUndefined()
  })

  it('of a date begin at midnight here and end where the next one begins', () => {
    expect(momentOf('2026-03-28')).toBe(new Date(2026, 2, 28).toISOString())
    expect(dayAfter('2026-03-31')).toBe(new Date(2026, 3, 1).toISOString())
    expect(dayAfter('')).toBeUndefined()
  })
})

it('BLK-1: the days left count what has begun, and never below none', () => {
  const day = 86_400_000
  expect(daysLeft(180 * day, 0)).toBe(180)
  expect(daysLeft(180 * day, 1)).toBe(180)
  expect(daysLeft(180 * day, day)).toBe(179)
  expect(daysLeft(day, 2 * day)).toBe(0)
})
