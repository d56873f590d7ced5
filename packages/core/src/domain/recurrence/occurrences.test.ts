import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVERY_UNITS, nextOccurrence, occurrencesAfter, type Recurring } from './index.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Santiago',
  'Africa/Casablanca',
]

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString().replace('.000', ''))
const from = (startAt: string, timeZone: string, unit: (typeof EVERY_UNITS)[number], n = 1): Recurring => ({
  startAt: Date.parse(startAt),
  timeZone,
  every: { n, unit },
})
const list = (recurring: Recurring, count: number, after = recurring.startAt - 1) =>
  occurrencesAfter(recurring, after, count).map(iso)

const recurrings: fc.Arbitrary<Recurring> = fc.record({
  startAt: fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2025, 0, 1) }),
  timeZone: fc.constantFrom(...ZONES),
  every: fc.record({ n: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom(...EVERY_UNITS) }),
})
const RULES = [
  'FREQ=WEEKLY;BYDAY=MO,SU',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=DAILY;BYHOUR=0,2,3',
  'FREQ=HOURLY;BYMINUTE=0,30',
  'FREQ=MONTHLY;BYDAY=2TU;COUNT=30',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
]
const ruled: fc.Arbitrary<Recurring> = fc.record({
  startAt: fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2025, 0, 1) }),
  timeZone: fc.constantFrom(...ZONES),
  rrule: fc.constantFrom(...RULES),
})

describe('occurrences', () => {
  it('TSK-5: a time skipped by summer time happens once, right after the gap', () => {
    expect(list(from('2027-03-27T01:30:00Z', 'Europe/Berlin', 'days'), 3)).toEqual([
      '2027-03-27T01:30:00Z',
      '2027-03-28T01:00:00Z',
      '2027-03-29T00:30:00Z',
    ])
    // Lord Howe: half an hour. Cairo and São Paulo: midnight itself.
    expect(list(from('2026-10-02T15:45:00Z', 'Australia/Lord_Howe', 'days'), 3)[1]).toBe('2026-10-03T15:30:00Z')
    expect(list(from('2014-05-14T22:30:00Z', 'Africa/Cairo', 'days'), 2)[1]).toBe('2014-05-15T22:00:00Z')
    expect(list(from('2018-11-03T03:00:00Z', 'America/Sao_Paulo', 'days'), 3)).toEqual([
      '2018-11-03T03:00:00Z',
      '2018-11-04T03:00:00Z',
      '2018-11-05T02:00:00Z',
    ])
  })

  it('TSK-5: a doubled time happens once, at its earlier instant', () => {
    expect(list(from('2026-10-24T00:30:00Z', 'Europe/Berlin', 'days'), 3)).toEqual([
      '2026-10-24T00:30:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ])
    expect(list(from('2026-10-25T05:30:00Z', 'America/New_York', 'weeks'), 2)[1]).toBe('2026-11-01T05:30:00Z')
  })

  it('TSK-5: a whole day that a zone skipped is one gap: what falls into it comes when it ends, once', () => {
    // Samoa went from 29 to 31 December 2011.
    expect(list(from('2011-12-28T19:00:00Z', 'Pacific/Apia', 'days'), 3)).toEqual([
      '2011-12-28T19:00:00Z',
      '2011-12-29T19:00:00Z',
      '2011-12-30T10:00:00Z',
    ])
    expect(list(from('2011-12-29T10:00:00Z', 'Pacific/Apia', 'days'), 3)).toEqual([
      '2011-12-29T10:00:00Z',
      '2011-12-30T10:00:00Z',
      '2011-12-31T10:00:00Z',
    ])
  })

  it('TSK-5: hours are elapsed time, whatever the clocks do', () => {
    expect(list(from('2027-03-27T23:30:00Z', 'Europe/Berlin', 'hours', 2), 3)).toEqual([
      '2027-03-27T23:30:00Z',
      '2027-03-28T01:30:00Z',
      '2027-03-28T03:30:00Z',
    ])
  })

  it('TSK-5: months count from the anchor and are clamped, never drifting', () => {
    const days = list(from('2027-01-31T08:00:00Z', 'UTC', 'months'), 14).map((at) => at?.slice(5, 10))
    expect(days.slice(0, 4)).toEqual(['01-31', '02-28', '03-31', '04-30'])
    expect(days[13]).toBe('02-29')
    expect(list(from('2028-02-29T08:00:00Z', 'UTC', 'months', 12), 5)).toEqual([
      '2028-02-29T08:00:00Z',
      '2029-02-28T08:00:00Z',
      '2030-02-28T08:00:00Z',
      '2031-02-28T08:00:00Z',
      '2032-02-29T08:00:00Z',
    ])
  })

  it('TSK-5: an RRULE keeps RFC 5545: a skipped time is read with the offset before the gap, a doubled one is its first instant', () => {
    const daily = (startAt: string) => ({
      startAt: Date.parse(startAt),
      timeZone: 'Europe/Berlin',
      rrule: 'FREQ=DAILY;COUNT=3',
    })
    expect(list(daily('2027-03-27T01:30:00Z'), 9)).toEqual([
      '2027-03-27T01:30:00Z',
      '2027-03-28T01:30:00Z',
      '2027-03-29T00:30:00Z',
    ])
    expect(list(daily('2026-10-24T00:30:00Z'), 9)).toEqual([
      '2026-10-24T00:30:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ])
  })

  it('TSK-5: an RRULE starts with the first date that keeps it; UNTIL and until end it, themselves included', () => {
    const base = { startAt: Date.parse('2027-01-01T08:00:00Z'), timeZone: 'UTC' }
    const rule = { ...base, rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270118T080000Z' }
    expect(list(rule, 9)).toEqual(['2027-01-04T08:00:00Z', '2027-01-11T08:00:00Z', '2027-01-18T08:00:00Z'])
    expect(list({ ...rule, until: Date.parse('2027-01-11T08:00:00Z') }, 9)).toHaveLength(2)
    expect(list({ ...from('2027-01-01T08:00:00Z', 'UTC', 'weeks'), until: base.startAt + 14 * DAY }, 9)).toHaveLength(3)
  })

  it('TSK-5: each occurrence lies after the one before, and asking from anywhere between finds the same', () => {
    const check = (recurring: Recurring, skip: number, within: number) => {
      const found = occurrencesAfter(recurring, recurring.startAt + skip * DAY, 12)
      for (const [index, at] of found.entries()) {
        const before = found[index - 1] ?? recurring.startAt + skip * DAY
        expect(at).toBeGreaterThan(before)
        expect(nextOccurrence(recurring, at - 1)).toBe(at)
        expect(nextOccurrence(recurring, before + Math.floor((at - before) * within))).toBe(at)
      }
    }
    const far = fc.integer({ min: -1, max: 5_000 })
    const within = fc.double({ min: 0, max: 0.999, noNaN: true })
    fc.assert(fc.property(recurrings, far, within, check), { numRuns: 1_000 })
    fc.assert(fc.property(ruled, far, within, check), { numRuns: 200 })
  })

  it('TSK-5: days, weeks and months show the anchor’s time of day, but for what a gap moves', () => {
    const clock = (at: number, timeZone: string) =>
      new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(at)
    const wallClock = recurrings.filter((one) => 'every' in one && one.every.unit !== 'hours')
    fc.assert(
      fc.property(wallClock, (recurring) => {
        const found = occurrencesAfter(recurring, recurring.startAt, 40)
        const moved = found.filter(
          (at) => clock(at, recurring.timeZone) !== clock(recurring.startAt, recurring.timeZone),
        )
        // A gap has just ended there: an hour earlier the wall clock was further back than an hour.
        for (const at of moved) {
          const gap = nextOccurrence({ ...recurring, every: { n: 1, unit: 'hours' }, startAt: at - 1 }, at - 2)
          expect(gap).toBe(at - 1)
          expect(localMs(at, recurring.timeZone) - localMs(at - 1, recurring.timeZone)).toBeGreaterThan(1_000)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a zone that this runtime does not know is refused, not searched for ever', () => {
    expect(() => list(from('2027-01-31T08:00:00Z', 'Europe/Atlantis', 'days'), 3)).toThrowError(
      expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field: 'timeZone' }) }),
    )
  })

  it('TSK-5: takes no longer a thousand years from its anchor', () => {
    const recurring = from('2027-01-31T08:00:00Z', 'Europe/Berlin', 'hours')
    const far = Date.UTC(3027, 0, 1)
    expect(nextOccurrence(recurring, far)).toBe(far + HOUR)
    expect(iso(nextOccurrence(from('2027-01-31T08:00:00Z', 'UTC', 'months'), far))).toBe('3027-01-31T08:00:00Z')
    const rule = { startAt: recurring.startAt, timeZone: 'UTC', rrule: 'FREQ=HOURLY;INTERVAL=3' }
    expect(iso(nextOccurrence(rule, Date.UTC(2527, 0, 1)))).toMatch(/^2527-01-01T0[0-3]/)
  })
})

const localMs = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}
