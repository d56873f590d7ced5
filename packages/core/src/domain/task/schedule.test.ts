import { describe, expect, it } from 'vitest'
import { checkSchedule, type Schedule } from './index.js'

const NOW = Date.parse('2026-11-23T10:00:00Z')
const zone = { timeZone: 'Europe/Berlin' }
const recurring = (over: object = {}): Schedule => ({
  type: 'recurring',
  startAt: NOW + 1,
  ...zone,
  every: { n: 1, unit: 'days' },
  ...over,
})
const field = (schedule: Schedule) => {
  try {
    checkSchedule(schedule, NOW)
    return null
  } catch (error) {
    return (error as { details: { field: string } }).details.field
  }
}

describe('checkSchedule', () => {
  it('TSK-1: takes the three types', () => {
    expect(field({ type: 'immediate' })).toBeNull()
    expect(field({ type: 'scheduled', at: NOW + 1, ...zone })).toBeNull()
    expect(field(recurring())).toBeNull()
    expect(
      field({ type: 'recurring', startAt: NOW + 1, ...zone, rrule: 'FREQ=WEEKLY;BYDAY=MO', until: NOW + 9 }),
    ).toBeNull()
  })

  it('TSK-1: a start lies in the future', () => {
    expect(field({ type: 'scheduled', at: NOW, ...zone })).toBe('schedule.at')
    expect(field({ type: 'scheduled', at: Number.NaN, ...zone })).toBe('schedule.at')
    expect(field(recurring({ startAt: NOW }))).toBe('schedule.startAt')
  })

  it('ERR-3: names the field that is wrong', () => {
    expect(field({ type: 'scheduled', at: NOW + 1, timeZone: 'Berlin' })).toBe('schedule.timeZone')
    expect(field(recurring({ until: NOW }))).toBe('schedule.until')
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(field(recurring({ every: { n, unit: 'hours' } }))).toBe('schedule.every.n')
    }
    expect(field({ type: 'recurring', startAt: NOW + 1, ...zone, rrule: ' ' })).toBe('schedule.rrule')
  })
})
