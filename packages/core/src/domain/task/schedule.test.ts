import { describe, expect, it } from 'vitest'
import { checkSchedule, type Schedule } from './index.js'

const NOW = Date.parse('2026-11-23T10:00:00Z')
const zone = { timeZone: 'Europe/Berlin' }
const cycle = { type: 'recurring', startAt: NOW + 1, ...zone, cycle: true, missed: 'latest' } as const
const recurring = (over: object = {}): Schedule => ({ ...cycle, every: { n: 1, unit: 'days' }, ...over })
const ruled = (rrule: string, over: object = {}): Schedule => ({ ...cycle, rrule, ...over })
const field = (schedule: Schedule, timesADay = 24) => {
  try {
    checkSchedule(schedule, NOW, timesADay)
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
    expect(field(ruled('FREQ=WEEKLY;BYDAY=MO'))).toBeNull()
  })

  it('TSK-1: a start lies in the future', () => {
    expect(field({ type: 'scheduled', at: NOW, ...zone })).toBe('at')
    expect(field({ type: 'scheduled', at: Number.NaN, ...zone })).toBe('at')
    expect(field(recurring({ startAt: NOW }))).toBe('startAt')
  })

  it('TSK-1: a start so late that its wall clock leaves the calendar is refused by its field, in any zone', () => {
    const last = Date.parse('9999-12-31T20:00:00Z')
    for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(field(ruled('FREQ=DAILY', { startAt: last, timeZone }))).toBe('startAt')
      expect(field(recurring({ startAt: last, timeZone }))).toBe('startAt')
      expect(field(ruled('FREQ=DAILY', { startAt: Date.parse('9999-12-30T00:00:00Z'), timeZone }))).toBeNull()
    }
  })

  it('ERR-3: names the field that is wrong', () => {
    expect(field({ type: 'scheduled', at: NOW + 1, timeZone: 'Berlin' })).toBe('timeZone')
    expect(field(recurring({ until: NOW }))).toBe('until')
    for (const n of [0, -1, 1.5, Number.NaN, 10_001]) {
      expect(field(recurring({ every: { n, unit: 'hours' } }))).toBe('every.n')
    }
    expect(field(ruled(' '))).toBe('rrule')
  })

  it('ERR-3: refuses rules that flood, that never come true, or that cannot be counted', () => {
    expect(field(ruled('FREQ=HOURLY'))).toBeNull()
    expect(field(recurring({ every: { n: 3, unit: 'hours' } }), 8)).toBeNull()
    expect(field(recurring({ every: { n: 2, unit: 'hours' } }), 8)).toBe('every.n')
    for (const rule of [
      'FREQ=HOURLY;BYMINUTE=0,30',
      'FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5',
      'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31',
      'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=1000',
    ]) {
      expect(field(ruled(rule))).toBe('rrule')
    }
    expect(field(ruled('FREQ=WEEKLY;BYDAY=TU', { until: NOW + 9 }))).toBe('rrule')
  })
})
