import { describe, expect, it } from 'vitest'
import { readMoment } from './moment.js'

const at = (iso: string) => Date.parse(iso)

describe('a moment as callers write it', () => {
  it.each([
    [1_790_000_000_000, 'UTC', 1_790_000_000_000],
    ['2026-12-24', 'Europe/Berlin', at('2026-12-23T23:00Z')],
    [' 2026-12-24T09:00 ', 'Europe/Berlin', at('2026-12-24T08:00Z')],
    ['2026-12-24T09:00:30.250', 'Asia/Kolkata', at('2026-12-24T03:30:30.250Z')],
    ['2026-12-24T09:00Z', 'Europe/Berlin', at('2026-12-24T09:00Z')],
    ['2026-12-24T09:00-05:00', 'Europe/Berlin', at('2026-12-24T14:00Z')],
    ['2026-12-24T09:00+0530', 'UTC', at('2026-12-24T03:30Z')],
    ['2026-12-24T09:00+02', 'UTC', at('2026-12-24T07:00Z')],
  ])('TSK-1: %j in %s', (moment, zone, instant) => {
    expect(readMoment('at', moment, zone)).toBe(instant)
  })

  it('TSK-5: a time the clock skips is the end of the gap; of one it shows twice, the first', () => {
    expect(readMoment('at', '2026-03-29T02:30', 'Europe/Berlin')).toBe(at('2026-03-29T01:00Z'))
    expect(readMoment('at', '2026-10-25T02:30', 'Europe/Berlin')).toBe(at('2026-10-25T00:30Z'))
    // Midnight is skipped here.
    expect(readMoment('at', '2026-09-06', 'America/Santiago')).toBe(at('2026-09-06T04:00Z'))
  })

  it.each([
    '',
    'tomorrow',
    '24.12.2026',
    '2026-02-30',
    '2026-12-24T25:00',
    '2026-12-24T09:00'.padEnd(60, '0'),
    'x'.repeat(1e6),
  ])('ERR-3: %.20j is refused by the name of its field', (moment) => {
    expect(() => readMoment('startAt', moment, 'UTC')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field: 'startAt' }) }),
    )
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1])('ERR-3: %d is refused', (moment) => {
    expect(() => readMoment('at', moment, 'UTC')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })

  it('ERR-3: an unknown zone is refused as such', () => {
    expect(() => readMoment('at', '2026-12-24', 'Mars/Base')).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field: 'timeZone' }) }),
    )
  })
})
