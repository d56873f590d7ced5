import { describe, expect, it } from 'vitest'
import { periodEdges, periodName, type Step } from './index.js'

const QUARTER = 900_000
const DAY = 86_400_000

/** When the zone's clocks change in 2026, to the quarter of an hour, by Intl alone. */
function changesOf(timeZone: string): readonly number[] {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const offset = (at: number) => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
  const changes: number[] = []
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += DAY) {
    if (offset(at) === offset(at + DAY)) continue
    let quarter = at
    while (offset(quarter) === offset(at)) quarter += QUARTER
    changes.push(quarter)
  }
  return changes
}

/** What the wall clock shows in each quarter of an hour of the range, against the period it falls into. */
function torn(timeZone: string, step: Step, from: number, to: number): readonly string[] {
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const hour = { ...date, hour: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' } as const
  const shown = new Intl.DateTimeFormat('en-CA', { timeZone, ...(step === 'day' ? date : hour) })
  const edges = periodEdges({ from, to, step, timeZone, most: 2_000 })
  const pairs = new Set<string>()
  for (let at = from; at < to; at += QUARTER) {
    const period = edges.findLast((edge) => edge <= at) ?? Number.NaN
    pairs.add(`${shown.format(at)} in ${periodName(period, step, timeZone)}`)
  }
  const wallClock = new Set([...pairs].map((pair) => pair.split(' in ')[0]))
  return pairs.size === edges.length && wallClock.size === edges.length ? [] : [...pairs]
}

describe('periods', () => {
  const zones = [
    'Africa/Cairo',
    'America/Havana',
    'America/Santiago',
    'Antarctica/Troll',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Europe/Berlin',
    'Pacific/Chatham',
  ]

  it.each(zones)('STA-2: days and hours of %s are those of its wall clock, also where clocks change', (zone) => {
    for (const change of [...changesOf(zone), Date.UTC(2026, 10, 23)])
      for (const from of [change - 2 * DAY, change - 2 * DAY + QUARTER]) {
        expect(torn(zone, 'hour', from, change + 2 * DAY)).toEqual([])
        expect(torn(zone, 'day', from, change + 2 * DAY)).toEqual([])
      }
  })
})
