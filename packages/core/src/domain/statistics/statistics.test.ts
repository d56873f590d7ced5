import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTERS, type Counts } from '../../ports/counters.js'
import { dayStart } from '../calendar/index.js'
import {
  addCounts,
  cellsOf,
  noCounts,
  quarterBucket,
  sendingCounts,
  sendingRates,
  trackingCounts,
  trackingRates,
} from './index.js'

const mail = {
  account: 'acme',
  at: Date.parse('2026-11-23T10:59:59.999Z'),
  senderDomain: 'mail.shop.example',
  recipientDomain: 'example.org',
  template: 't1',
  task: 'k1',
}
const quarter = Date.parse('2026-11-23T10:45:00Z')

describe('cells', () => {
  it('STA-2: a quarter of an hour takes its first millisecond and not the next quarter', () => {
    expect(quarterBucket(quarter)).toBe(quarter)
    expect(quarterBucket(quarter + 899_999)).toBe(quarter)
    expect(quarterBucket(quarter + 900_000)).toBe(quarter + 900_000)
    expect(quarterBucket(quarter - 1)).toBe(quarter - 900_000)
  })

  it('STA-2: no zone of the runtime starts a day within a quarter of an hour', () => {
    const torn: string[] = []
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      for (const day of ['2026-01-15', '2026-07-15']) {
        const start = dayStart(day, zone)
        if (quarterBucket(start) !== start) torn.push(`${zone} ${day}`)
      }
    }
    expect(torn).toEqual([])
  })

  it('STA-1: a mail counts in one cell with its recipient domain and in one without', () => {
    const same = { account: 'acme', bucket: quarter, domain: 'mail.shop.example', template: 't1', task: 'k1' }
    expect(cellsOf(mail)).toEqual([
      { cube: 'sender', recipientDomain: '', ...same },
      { cube: 'recipient', recipientDomain: 'example.org', ...same },
    ])
  })

  it('STA-2: the same mail always counts in the same cells', () => {
    expect(cellsOf({ ...mail, at: quarter })).toEqual(cellsOf(mail))
  })
})

const someCounts = fc
  .array(fc.nat(1_000_000), { minLength: COUNTERS.length, maxLength: COUNTERS.length })
  .map((values) => Object.fromEntries(COUNTERS.map((name, i) => [name, values[i] ?? 0])) as Counts)

describe('counts', () => {
  it('STA-2: sums do not depend on order or grouping', () => {
    fc.assert(
      fc.property(fc.array(someCounts, { maxLength: 6 }), fc.nat(6), (cells, cut) => {
        const halves = [addCounts(cells.slice(0, cut)), addCounts(cells.slice(cut))]
        expect(addCounts(halves)).toEqual(addCounts(cells))
        expect(addCounts([...cells].reverse())).toEqual(addCounts(cells))
      }),
    )
    expect(addCounts([])).toEqual(noCounts)
  })
})

describe('rates', () => {
  const counts: Counts = {
    ...noCounts,
    accepted: 1_000,
    refused: 250,
    handedOver: 950,
    deferred: 95,
    delivered: 600,
    bouncedHard: 100,
    bouncedSoft: 60,
    dropped: 40,
    failed: 12,
    requeued: 5,
    invalid: 80,
    spamBounced: 8,
    opened: 350,
    humanOpened: 300,
    opens: 420,
    clicked: 60,
    clicks: 75,
    unsubscribed: 6,
    complained: 3,
  }

  it('STA-1: a request is what was asked for, accepted or refused', () => {
    const sending = sendingCounts(counts)
    expect(sending).toMatchObject({ requests: 1_250, refused: 250, accepted: 1_000, bounced: 160, failed: 7 })
    expect(sendingRates(sending).accepted).toEqual({ count: 1_000, of: 1_250, rate: 0.8 })
  })

  it('STA-1: measures results against settled mail, deferrals against handed-over mail', () => {
    const rates = sendingRates(sendingCounts(counts))
    expect(rates.delivered).toEqual({ count: 600, of: 800, rate: 0.75 })
    expect(rates.bounced).toEqual({ count: 160, of: 800, rate: 0.2 })
    expect(rates.bouncedHard.rate).toBe(0.125)
    expect(rates.bouncedSoft.rate).toBe(0.075)
    expect(rates.dropped.rate).toBe(0.05)
    expect(rates.invalid.rate).toBe(0.1)
    expect(rates.spamBounced.rate).toBe(0.01)
    expect(rates.deferred).toEqual({ count: 95, of: 950, rate: 0.1 })
  })

  it('STA-1, TRK-3: unique opens are messages with a human open; reactions are measured against delivered mail', () => {
    const tracking = trackingCounts({ ...counts, machineOpens: 500, machineClicks: 90 }, { open: 280, click: null })
    expect(tracking).toEqual({
      delivered: 600,
      opens: 420,
      uniqueOpens: 300,
      openUsers: 280,
      clicks: 75,
      uniqueClicks: 60,
      clickUsers: null,
      machineOpens: 500,
      machineClicks: 90,
      unsubscribes: 6,
      complaints: 3,
    })
    const rates = trackingRates(tracking)
    expect(rates.opened).toEqual({ count: 300, of: 600, rate: 0.5 })
    expect([rates.clicked.rate, rates.unsubscribed.rate, rates.complained.rate]).toEqual([0.1, 0.01, 0.005])
  })

  it('has no rate where nothing was sent', () => {
    expect(sendingRates(sendingCounts(noCounts)).delivered).toEqual({ count: 0, of: 0, rate: null })
  })
})
