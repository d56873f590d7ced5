import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY'] as const
type Frequency = (typeof FREQUENCIES)[number]
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** An RRULE that has been understood. */
export interface RuleParts {
  readonly frequency: Frequency
  readonly interval: number
  readonly count: number | null
  readonly until: Instant | null
  /** The other parts with their values, as checked. */
  readonly by: ReadonlyMap<string, readonly string[]>
}

/** From, to, and whether −to … −from are meant as well (RFC 5545 §3.3.10). */
const RANGES: Readonly<Record<string, readonly [from: number, to: number, signed?: 'signed']>> = {
  BYSECOND: [0, 59],
  BYMINUTE: [0, 59],
  BYHOUR: [0, 23],
  BYMONTHDAY: [1, 31, 'signed'],
  BYYEARDAY: [1, 366, 'signed'],
  BYWEEKNO: [1, 53, 'signed'],
  BYMONTH: [1, 12],
  BYSETPOS: [1, 366, 'signed'],
}

const LONGEST_RULE = 2_000
const LARGEST_COUNT = 1_000
const LARGEST_INTERVAL = 10_000

/**
 * Reads an RRULE strictly: every part once, known, in its range, and only where RFC 5545 §3.3.10 allows it.
 * @throws INPUT_INVALID naming the part. FREQ=MINUTELY and SECONDLY are refused: that is no mailing.
 */
export function ruleParts(rrule: string): RuleParts {
  if (rrule.length > LONGEST_RULE) refuse('RRULE', `at most ${LONGEST_RULE} characters`)
  const parts = new Map<string, string>()
  for (const part of rrule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...more] = part.split('=')
    if (value === '' || more.length > 0) refuse('RRULE', 'parts such as FREQ=WEEKLY;BYDAY=MO')
    if (parts.has(name)) refuse(name, 'each part once')
    parts.set(name, value)
  }
  const frequency = oneOf(FREQUENCIES, parts.get('FREQ') ?? '') ?? refuse('FREQ', FREQUENCIES.join(', '))
  const by = new Map<string, readonly string[]>()
  for (const [name, value] of parts) {
    if (name === 'FREQ' || name === 'INTERVAL' || name === 'COUNT' || name === 'UNTIL') continue
    by.set(name, valuesOf(name, value))
  }
  const interval = numberOf('INTERVAL', parts.get('INTERVAL') ?? '1', 1, LARGEST_INTERVAL)
  checkTogether(frequency, by)
  checkPositions(frequency, interval, by)
  if (parts.has('COUNT') && parts.has('UNTIL')) refuse('COUNT', 'COUNT or UNTIL, not both')
  return {
    frequency,
    interval,
    count: parts.has('COUNT') ? numberOf('COUNT', parts.get('COUNT') ?? '', 1, LARGEST_COUNT) : null,
    until: parts.has('UNTIL') ? untilOf(parts.get('UNTIL') ?? '') : null,
    by,
  }
}

/** At most how many occurrences a day can have. */
export function timesPerDay({ frequency, interval, by }: Pick<RuleParts, 'frequency' | 'interval' | 'by'>): number {
  const hours = by.get('BYHOUR')?.length
  const perDay = frequency === 'HOURLY' ? Math.min(Math.ceil(24 / interval), hours ?? 24) : (hours ?? 1)
  return perDay * timesPerHour(by)
}

const timesPerHour = (by: RuleParts['by']): number =>
  (by.get('BYMINUTE')?.length ?? 1) * (by.get('BYSECOND')?.length ?? 1)

function valuesOf(name: string, value: string): readonly string[] {
  if (name === 'WKST') return [oneOf(WEEKDAYS, value) ?? refuse(name, WEEKDAYS.join(', '))]
  const values = [...new Set(value.split(','))]
  if (name === 'BYDAY') return values.map(weekdayOf)
  const range = RANGES[name] ?? refuse(name, 'a part of RFC 5545 §3.3.10')
  return values.map((one) => {
    const negative = range[2] === 'signed' && one.startsWith('-')
    const size = numberOf(name, negative ? one.slice(1) : one.replace(/^\+/, ''), range[0], range[1])
    return String(negative ? -size : size)
  })
}

function weekdayOf(value: string): string {
  const [, sign = '', ordinal, day = ''] = /^([+-]?)(\d{1,2})?([A-Z]{2})$/.exec(value) ?? []
  if (!oneOf(WEEKDAYS, day) || (sign !== '' && ordinal === undefined)) refuse('BYDAY', 'weekdays such as MO or -1FR')
  if (ordinal === undefined) return day
  return `${sign === '-' ? '-' : ''}${numberOf('BYDAY', ordinal, 1, 53)}${day}`
}

function checkTogether(frequency: Frequency, by: ReadonlyMap<string, readonly string[]>): void {
  const needs = (name: string, allowed: boolean, expected: string) => {
    if (by.has(name) && !allowed) refuse(name, expected)
  }
  const ordinals = by.get('BYDAY')?.some((day) => day.length > 2) ?? false
  if (ordinals && (!['MONTHLY', 'YEARLY'].includes(frequency) || by.has('BYWEEKNO'))) {
    refuse('BYDAY', 'numbered weekdays only with FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO')
  }
  needs('BYMONTHDAY', frequency !== 'WEEKLY', 'not with FREQ=WEEKLY')
  needs('BYYEARDAY', ['YEARLY', 'HOURLY'].includes(frequency), 'only with FREQ=YEARLY or HOURLY')
  needs('BYWEEKNO', frequency === 'YEARLY', 'only with FREQ=YEARLY')
  needs(
    'BYSETPOS',
    [...by.keys()].some((name) => name !== 'BYSETPOS' && name !== 'WKST'),
    'beside another BY part',
  )
}

/** A position beyond what a period can hold would be looked for in vain, period after period. */
function checkPositions(frequency: Frequency, interval: number, by: RuleParts['by']): void {
  const days = { YEARLY: 366, MONTHLY: 31, WEEKLY: by.get('BYDAY')?.length ?? 1, DAILY: 1, HOURLY: 1 }[frequency]
  const most = days * (frequency === 'HOURLY' ? timesPerHour(by) : timesPerDay({ frequency, interval, by }))
  if (by.get('BYSETPOS')?.some((position) => Math.abs(Number(position)) > most)) {
    refuse('BYSETPOS', `positions up to ${most}, which a period can hold`, most)
  }
}

/** With a start that has a zone UNTIL is in UTC (RFC 5545 §3.3.10). */
function untilOf(value: string): Instant {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const at = Date.parse(`${iso}Z`)
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso)
  return real ? at : refuse('UNTIL', 'UTC, such as 20271231T235959Z')
}

function numberOf(part: string, value: string, from: number, to: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (number >= from && number <= to) return number
  return refuse(part, `a number from ${from} to ${to}`, number > to ? to : from)
}

const oneOf = <T extends string>(known: readonly T[], value: string): T | undefined =>
  known.find((one) => one === value)

function refuse(part: string, expected: string, nearest?: number): never {
  throw new MailError('INPUT_INVALID', {
    field: 'rrule',
    part,
    expected,
    ...(nearest === undefined ? {} : { nearest }),
  })
}
