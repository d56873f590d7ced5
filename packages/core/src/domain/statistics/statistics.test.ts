import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTERS, type Counts } from '../../ports/counters.js'
import { addCounts, cellsOf, hourBucket, noCounts, sendingRates } from './index.js'

const mail = {
  account: 'acme',
  at: Date.parse('2026-11-23T10:59:59.999Z'),
  senderDomain: 'mail.shop.example',
  recipientDomain: 'example.org',
  template: 't1',
  task: 'k1',
}
const hour = Date.parse('2026-11-23T10:00:00Z')

describe('cells', () => {
  it('STA-2: an hour takes its first millisecond and not the next hour', () => {
    expect(hourBucket(hour)).toBe(hour)
    expect(hourBucket(hour + 3_599_999)).toBe(hour)
    expect(hourBucket(hour + 3_600_000)).toBe(hour + 3_600_000)
    expect(hourBucket(hour - 1)).toBe(hour - 3_600_000)
  })

  it('STA-1: a mail counts in one cell with its recipient domain and in one without', () => {
    const same = { account: 'acme', bucket: hour, domain: 'mail.shop.example', template: 't1', task: 'k1' }
    expect(cellsOf(mail)).toEqual([
      { cube: 'sender', recipientDomain: '', ...same },
      { cube: 'recipient', recipientDomain: 'example.org', ...same },
    ])
  })

  it('STA-2: the same mail always counts in the same cells', () => {
    expect(cellsOf({ ...mail, at: hour })).toEqual(cellsOf(mail))
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

describe('sendingRates', () => {
  const counts: Counts = {
    ...noCounts,
    accepted: 1_000,
    handedOver: 950,
    deferred: 95,
    delivered: 600,
    bouncedHard: 100,
    bouncedSoft: 60,
    dropped: 40,
    invalid: 80,
    spamBounced: 8,
    humanOpened: 300,
    clicked: 60,
    complained: 3,
  }

  it('STA-1: measures results against settled mail, reactions against delivered mail, deferrals against handed-over mail', () => {
    const rates = sendingRates(counts)
    expect(rates.delivered).toEqual({ count: 600, of: 800, rate: 0.75 })
    expect(rates.bounced).toEqual({ count: 160, of: 800, rate: 0.2 })
    expect(rates.bouncedHard.rate).toBe(0.125)
    expect(rates.bouncedSoft.rate).toBe(0.075)
    expect(rates.dropped.rate).toBe(0.05)
    expect(rates.invalid.rate).toBe(0.1)
    expect(rates.spamBounced.rate).toBe(0.01)
    expect(rates.humanOpened).toEqual({ count: 300, of: 600, rate: 0.5 })
    expect(rates.clicked.rate).toBe(0.1)
    expect(rates.complained.rate).toBe(0.005)
    expect(rates.deferred).toEqual({ count: 95, of: 950, rate: 0.1 })
  })

  it('has no rate where nothing was sent', () => {
    expect(sendingRates(noCounts).delivered).toEqual({ count: 0, of: 0, rate: null })
  })
})
