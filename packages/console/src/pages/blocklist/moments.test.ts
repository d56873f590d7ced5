import { expect, it } from 'vitest'
import { daysLeft, localOf, momentOf } from './moments.js'

it('a time in the field of a form comes back as the same minute', () => {
  const at = Date.UTC(2026, 2, 29, 11, 5)
  expect(Date.parse(momentOf(localOf(at)) ?? '')).toBe(at)
  expect(localOf(null)).toBe('')
  expect(momentOf('')).toBeUndefined()
  expect(momentOf('nonsense')).toBeUndefined()
})

it('BLK-1: the days left count what has begun, and never below none', () => {
  const day = 86_400_000
  expect(daysLeft(180 * day, 0)).toBe(180)
  expect(daysLeft(180 * day, 1)).toBe(180)
  expect(daysLeft(180 * day, day)).toBe(179)
  expect(daysLeft(day, 2 * day)).toBe(0)
})
