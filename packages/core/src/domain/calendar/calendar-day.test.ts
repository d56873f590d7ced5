import { describe, expect, it } from 'vitest'
import { addDays, dayOf, dayStart, isTimeZone, nextDayStart } from './index.js'

const at = (iso: string) => Date.parse(iso)
const HOUR = 3_600_000

describe('calendar days of the quota', () => {
  it('TSK-6: counts by the calendar day of the zone, not by UTC and not by 24 hours', () => {
    const now = at('2026-11-22T23:30:00Z')
    expect(dayOf(now, 'UTC')).toBe('2026-11-22')
    expect(dayOf(now, 'Asia/Shanghai')).toBe('2026-11-23')
    expect(dayOf(now, 'America/New_York')).toBe('2026-11-22')
    expect(nextDayStart(now, 'UTC')).toBe(at('2026-11-23T00:00:00Z'))
    expect(nextDayStart(now, 'Asia/Shanghai')).toBe(at('2026-11-23T16:00:00Z'))
  })

  it('TSK-6: the last millisecond belongs to the old day and the next one to the new, in either order of asking', () => {
    const start = dayStart('2026-11-23', 'Europe/Berlin')
    expect(start).toBe(at('2026-11-22T23:00:00Z'))
    expect(dayOf(start, 'Europe/Berlin')).toBe('2026-11-23')
    expect(dayOf(start - 1, 'Europe/Berlin')).toBe('2026-11-22')
    expect(nextDayStart(start - 1, 'Europe/Berlin')).toBe(start)
    expect(dayOf(start, 'Europe/Berlin')).toBe('2026-11-23')
  })

  it('makes the days of the clock change 23 and 25 hours long', () => {
    const length = (day: string) => dayStart(addDays(day, 1), 'Europe/Berlin') - dayStart(day, 'Europe/Berlin')
    expect(length('2026-03-29')).toBe(23 * HOUR)
    expect(length('2026-10-25')).toBe(25 * HOUR)
    expect(length('2026-10-26')).toBe(24 * HOUR)
  })

  it('starts the day at the end of the gap where midnight does not exist', () => {
    expect(dayStart('2018-11-04', 'America/Sao_Paulo')).toBe(at('2018-11-04T03:00:00Z'))
    expect(dayOf(at('2018-11-04T02:59:59Z'), 'America/Sao_Paulo')).toBe('2018-11-03')
  })

  it('starts the day at the earlier midnight where there are two', () => {
    const start = dayStart('2026-11-01', 'America/Havana')
    expect(start).toBe(at('2026-11-01T04:00:00Z'))
    expect(dayOf(start + HOUR, 'America/Havana')).toBe('2026-11-01')
  })

  it('goes from the 29th to the 31st where the zone skipped a date', () => {
    const last = at('2011-12-30T09:59:59Z')
    expect(dayOf(last, 'Pacific/Apia')).toBe('2011-12-29')
    expect(dayOf(nextDayStart(last, 'Pacific/Apia'), 'Pacific/Apia')).toBe('2011-12-31')
  })

  it('cuts two years into days without gap or overlap in every kind of zone', () => {
    for (const zone of [
      'UTC',
      'Europe/Berlin',
      'America/Havana',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ]) {
      const wrong: string[] = []
      let now = dayStart('2025-12-31', zone)
      for (let i = 0; i < 730; i++) {
        const day = addDays('2025-12-31', i)
        const next = nextDayStart(now, zone)
        if (dayOf(now, zone) !== day || dayOf(next - 1, zone) !== day || dayStart(day, zone) !== now) wrong.push(day)
        now = next
      }
      expect(wrong).toEqual([])
    }
  })

  it('ERR-3: names the field of an unknown zone and of a malformed day', () => {
    expect(isTimeZone('Mars/Olympus')).toBe(false)
    expect(() => dayOf(0, 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    expect(() => dayStart('23.11.2026', 'UTC')).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field: 'day' }) }),
    )
    expect(() => addDays('2026-02-31', 1)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})
