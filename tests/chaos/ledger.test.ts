import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkLedger, type History } from './ledger.js'

const people = Array.from({ length: 20 }, (_, index) => `reader${index}@readers.example`)
const bounced = people.slice(0, 2)
const arrived = people.slice(2)
const copy = (recipient: string, messageId = `<${recipient}>`) => ({ recipient, messageId })

/** Twenty promised, two bounced, eighteen arrived, one of them twice after the one kill. */
const clean: History = {
  acknowledged: people,
  received: [...arrived.map((one) => copy(one)), copy('reader7@readers.example')],
  states: people.map((recipient) => ({ recipient, state: bounced.includes(recipient) ? 'bounced' : 'delivered' })),
  tallies: [{ source: 'task', counts: { delivered: 18, bounced: 2, failed: 0 } }],
  kills: 1,
  perKill: 1,
}

const [someone = ''] = arrived

describe('the ledger checker', () => {
  it('passes a clean history, with the duplicate that its kill allows', () => {
    const verdict = checkLedger(clean)
    expect(verdict.problems).toEqual([])
    expect(verdict.duplicated).toEqual(['reader7@readers.example'])
    expect(verdict).toMatchObject({ lost: [], unexpected: [], extraCopies: 1, allowedCopies: 1 })
  })

  it('finds a lost mail, whatever the service says of it', () => {
    const received = clean.received.filter(({ recipient }) => recipient !== someone)
    expect(checkLedger({ ...clean, received })).toMatchObject({ lost: [someone], problems: [`lost: 1 (${someone})`] })
    const states = clean.states.filter(({ recipient }) => recipient !== someone)
    const forgotten = checkLedger({ ...clean, received, states, tallies: [] })
    expect(forgotten).toMatchObject({ lost: [someone], unfinal: [someone] })
    expect(forgotten.problems).toHaveLength(2)
  })

  it('calls nobody lost whose final state says why', () => {
    expect(checkLedger(clean).lost).toEqual([])
    const states = clean.states.map((one) => (bounced.includes(one.recipient) ? { ...one, state: 'accepted' } : one))
    expect(checkLedger({ ...clean, states, tallies: [] }).lost).toEqual(bounced)
  })

  it('finds an unexpected mail, but none where a call was never answered', () => {
    const received = [...clean.received, copy('stranger@readers.example')]
    expect(checkLedger({ ...clean, received }).problems).toEqual(['unexpected: 1 (stranger@readers.example)'])
    const unanswered = checkLedger({ ...clean, received, unanswered: ['stranger@readers.example'] })
    expect(unanswered).toMatchObject({ problems: [], recovered: ['stranger@readers.example'] })
  })

  it('finds a duplicate with another Message-ID', () => {
    const received = [...arrived.map((one) => copy(one)), copy(someone, '<other>')]
    expect(checkLedger({ ...clean, received })).toMatchObject({
      otherMessageId: [someone],
      problems: [`copies with another Message-ID: 1 (${someone})`],
    })
  })

  it('finds more duplicates than the kills allow', () => {
    const received = [...clean.received, copy(someone)]
    expect(checkLedger({ ...clean, received })).toMatchObject({ extraCopies: 2, allowedCopies: 1 })
    expect(checkLedger({ ...clean, received }).problems).toEqual([
      `more copies than 1 × 1 + 0 allowed: 2 (${someone}, reader7@readers.example)`,
    ])
    expect(checkLedger({ ...clean, received, kills: 2 }).problems).toEqual([])
    expect(checkLedger({ ...clean, received, cutOff: 1 }).problems).toEqual([])
  })

  it('finds a day with more recipients than its limit, and counts a repetition only once', () => {
    const received = clean.received.map((one, index) => ({ ...one, day: index === 0 ? '2026-11-23' : '2026-11-24' }))
    expect(checkLedger({ ...clean, received, dailyLimit: 17 }).problems).toEqual([])
    expect(checkLedger({ ...clean, received, dailyLimit: 16 })).toMatchObject({
      overLimit: ['2026-11-24'],
      problems: ['more than 16 recipients a day: 1 (2026-11-24)'],
    })
  })

  it.each(['accepted', 'deferred', 'unknown', 'nonsense'])('finds a mail left in %s', (state) => {
    const states = clean.states.map((one) => (one.recipient === someone ? { ...one, state } : one))
    expect(checkLedger({ ...clean, states, tallies: [] }).problems).toEqual([`in no final state: 1 (${someone})`])
  })

  it('finds a mail in no final state that nobody was promised', () => {
    const states = [...clean.states, { recipient: 'ghost@readers.example', state: 'accepted' }]
    expect(checkLedger({ ...clean, states }).unfinal).toEqual(['ghost@readers.example'])
  })

  it('finds a counter that does not add up', () => {
    const tallies = [{ source: 'statistics', counts: { delivered: 19, bounced: 2 } }]
    expect(checkLedger({ ...clean, tallies }).problems).toEqual(['statistics says 19 delivered, the ledger counts 18'])
  })

  it('finds two mails kept for one promise, and promises it cannot tell apart', () => {
    const states = [...clean.states, { recipient: someone, state: 'delivered' }]
    expect(checkLedger({ ...clean, states, tallies: [] }).doubleStates).toEqual([someone])
    expect(checkLedger({ ...clean, acknowledged: [...people, someone] }).problems).toHaveLength(1)
  })

  it('finds an arrival that the service denies, unless a kill can have cut it off', () => {
    const states = clean.states.map((one) => (one.recipient === someone ? { ...one, state: 'failed' } : one))
    expect(checkLedger({ ...clean, states, tallies: [] }).problems).toEqual([])
    expect(checkLedger({ ...clean, states, tallies: [], kills: 0 }).denied).toEqual([someone])
    expect(checkLedger({ ...clean, states, tallies: [], kills: 0 }).problems).toHaveLength(2)
  })

  it('imports nothing, least of all what it judges', () => {
    expect(readFileSync(new URL('./ledger.ts', import.meta.url), 'utf8')).not.toMatch(/^import|\bimport\(/m)
  })
})
