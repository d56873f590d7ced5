import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import { isCountable, nextOccurrence, ruleParts, timesPerDay } from './index.js'

const wrongPart = (rrule: string): unknown => {
  try {
    ruleParts(rrule)
    return null
  } catch (error) {
    if (!isMailError(error, 'INPUT_INVALID')) throw error
    expect(error.details.field).toBe('rrule')
    return error.details.part
  }
}

const START = Date.UTC(2027, 0, 31, 9)
const at = (rrule: string) => ({ startAt: START, timeZone: 'UTC', rrule })

describe('ruleParts', () => {
  it('TSK-1: takes the rules of RFC 5545, in any case, with or without RRULE:', () => {
    for (const rule of [
      'FREQ=WEEKLY;BYDAY=MO',
      'rrule:freq=monthly;byday=-1fr,+2MO',
      'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU',
      'FREQ=YEARLY;BYYEARDAY=1,-1;BYHOUR=6',
      'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=3',
      'FREQ=HOURLY;INTERVAL=6;UNTIL=20271231T235959Z',
    ]) {
      expect(wrongPart(rule)).toBeNull()
    }
  })

  it('ERR-3: refuses what is wrong, naming the part', () => {
    const wrong: Readonly<Record<string, string>> = {
      '': 'RRULE',
      'FREQ=DAILY;': 'RRULE',
      'FREQ=DAILY;BYHOUR=': 'RRULE',
      'FREQ=DAILY\nEXDATE:20270201T090000Z': 'FREQ',
      'INTERVAL=2': 'FREQ',
      'FREQ=FORTNIGHTLY': 'FREQ',
      'FREQ=SECONDLY': 'FREQ',
      'FREQ=MINUTELY;INTERVAL=10': 'FREQ',
      'FREQ=DAILY;FREQ=WEEKLY': 'FREQ',
      'FREQ=DAILY;INTERVAL=0': 'INTERVAL',
      'FREQ=DAILY;INTERVAL=999999999999': 'INTERVAL',
      'FREQ=DAILY;COUNT=1000000000': 'COUNT',
      'FREQ=DAILY;COUNT=1;UNTIL=20270201T000000Z': 'COUNT',
      'FREQ=DAILY;UNTIL=20270201': 'UNTIL',
      'FREQ=DAILY;UNTIL=20270231T000000Z': 'UNTIL',
      'FREQ=DAILY;BYHOUR=24': 'BYHOUR',
      'FREQ=MONTHLY;BYMONTHDAY=0': 'BYMONTHDAY',
      'FREQ=MONTHLY;BYMONTHDAY=1,32': 'BYMONTHDAY',
      'FREQ=WEEKLY;BYMONTHDAY=1': 'BYMONTHDAY',
      'FREQ=YEARLY;BYMONTH=-1': 'BYMONTH',
      'FREQ=YEARLY;BYWEEKNO=54': 'BYWEEKNO',
      'FREQ=MONTHLY;BYWEEKNO=5': 'BYWEEKNO',
      'FREQ=DAILY;BYYEARDAY=5': 'BYYEARDAY',
      'FREQ=WEEKLY;BYDAY=2MO': 'BYDAY',
      'FREQ=YEARLY;BYWEEKNO=5;BYDAY=2MO': 'BYDAY',
      'FREQ=WEEKLY;BYDAY=-MO': 'BYDAY',
      'FREQ=WEEKLY;BYDAY=XX': 'BYDAY',
      'FREQ=MONTHLY;BYDAY=54MO': 'BYDAY',
      'FREQ=DAILY;BYSETPOS=1': 'BYSETPOS',
      'FREQ=DAILY;BYHOUR=1,2;BYSETPOS=3': 'BYSETPOS',
      'FREQ=DAILY;RSCALE=CHINESE': 'RSCALE',
      'FREQ=DAILY;X-SECRET=1': 'X-SECRET',
      'FREQ=WEEKLY;WKST=MONDAY': 'WKST',
      [`FREQ=DAILY;BYHOUR=${'1,'.repeat(2_000)}1`]: 'RRULE',
    }
    expect(Object.fromEntries(Object.keys(wrong).map((rule) => [rule, wrongPart(rule)]))).toEqual(wrong)
  })

  it('ERR-3: names the nearest number that is valid, however far off the given one is', () => {
    const nearest = (rrule: string) => {
      try {
        return ruleParts(rrule)
      } catch (error) {
        return isMailError(error, 'INPUT_INVALID') ? error.details.nearest : error
      }
    }
    expect(nearest('FREQ=DAILY;COUNT=1000000000')).toBe(1_000)
    expect(nearest(`FREQ=DAILY;INTERVAL=${'9'.repeat(400)}`)).toBe(10_000)
    expect(nearest('FREQ=DAILY;COUNT=0')).toBe(1)
  })

  it('TSK-1: knows how often a day a rule can fire at most', () => {
    const times = (rule: string) => timesPerDay(ruleParts(rule))
    expect(times('FREQ=DAILY')).toBe(1)
    expect(times('FREQ=DAILY;BYHOUR=1,2,2;BYMINUTE=0,30')).toBe(4)
    expect(times('FREQ=HOURLY')).toBe(24)
    expect(times('FREQ=HOURLY;INTERVAL=5')).toBe(5)
    expect(times('FREQ=HOURLY;BYHOUR=9,10;BYSECOND=0,30')).toBe(4)
  })

  it('TSK-5: a rule that never comes true ends, and so does one that is longer than may be counted', () => {
    expect(nextOccurrence(at('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31'), START)).toBeNull()
    expect(nextOccurrence(at('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'), START)).toBeNull()
    expect(nextOccurrence(at('FREQ=HOURLY;INTERVAL=2;BYHOUR=2'), START)).toBeNull()
    expect(isCountable(at('FREQ=DAILY;COUNT=1000'))).toBe(true)
    expect(isCountable(at('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=1000'))).toBe(false)
  })

  it('TSK-1: no text makes it throw anything but the one refusal, or hang', () => {
    const words = fc.constantFrom(
      'FREQ=',
      'DAILY',
      'YEARLY',
      ';',
      'BYDAY=',
      'MO',
      '-1',
      ',',
      'COUNT=',
      '5',
      'UNTIL=',
      'BYSETPOS=',
      'BYHOUR=',
    )
    const texts = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        if (wrongPart(text) === null) nextOccurrence(at(text), START)
      }),
      { numRuns: 2_000 },
    )
  })
})
