import { describe, expect, it } from 'vitest'
import type { Code } from '../../errors/codes.js'
import type { Block } from '../suppression/index.js'
import { acceptanceGates, attemptGates, type GateFacts, runGates } from './gates.js'

const NOW = Date.UTC(2026, 10, 22, 12)
const NEXT_DAY = Date.UTC(2026, 10, 23)

const custom: Block = { by: 'custom', until: null, code: 'CUSTOM_BLOCKED' }
const invalid: Block = { by: 'invalid', until: NEXT_DAY, code: 'INVALID_ADDRESS_BLOCKED' }
const reject: Block = { by: 'reject', until: null, code: 'RECIPIENT_REJECTED' }

const someFacts = (changes: Partial<GateFacts> = {}): GateFacts => ({
  now: NOW,
  mode: 'single',
  addressValid: true,
  domainVerified: true,
  templateApproved: true,
  block: null,
  frequency: { used: 0, limit: 10 },
  domainBlockedToday: false,
  daily: { left: 500, wanted: 1 },
  nextDayAt: NEXT_DAY,
  erased: false,
  validUntil: NOW + 1_000,
  ...changes,
})

/** Each refusal with the facts that cause it, in the order of TRG-5. */
const refusals: readonly [Code, Partial<GateFacts>][] = [
  ['ADDRESS_INVALID', { addressValid: false }],
  ['DOMAIN_NOT_VERIFIED', { domainVerified: false }],
  ['TEMPLATE_NOT_APPROVED', { templateApproved: false }],
  ['CUSTOM_BLOCKED', { block: custom }],
  ['INVALID_ADDRESS_BLOCKED', { block: invalid }],
  ['RECIPIENT_REJECTED', { block: reject }],
  ['FREQUENCY_LIMIT', { frequency: { used: 10, limit: 10 } }],
  ['DOMAIN_BLOCKED_TODAY', { domainBlockedToday: true }],
  ['DAILY_LIMIT', { daily: { left: 0, wanted: 1 } }],
]

describe('acceptance gates', () => {
  it('let a mail pass that nothing speaks against', () => {
    expect(runGates(acceptanceGates, someFacts())).toEqual({ type: 'pass' })
  })

  it.each(refusals)('TRG-5: refuse with %s', (why, facts) => {
    expect(runGates(acceptanceGates, someFacts(facts))).toEqual({ type: 'drop', why })
  })

  it('TRG-5: the first refusal in the order wins', () => {
    for (let first = 0; first < refusals.length; first++) {
      // The later ones go in first, so that of two blocks the earlier gate's stays.
      const facts: Partial<GateFacts> = Object.assign(
        {},
        ...refusals
          .slice(first)
          .map(([, more]) => more)
          .reverse(),
      )
      expect(runGates(acceptanceGates, someFacts(facts))).toEqual({ type: 'drop', why: refusals[first]?.[0] })
    }
  })

  it('TRG-3: ten mails in the hour are allowed, the eleventh is not; batch is not checked', () => {
    expect(runGates(acceptanceGates, someFacts({ frequency: { used: 9, limit: 10 } })).type).toBe('pass')
    expect(runGates(acceptanceGates, someFacts({ frequency: { used: 10, limit: 10 } })).type).toBe('drop')
    expect(runGates(acceptanceGates, someFacts({ mode: 'batch', frequency: null })).type).toBe('pass')
  })

  it('TRG-5: a regular send over the daily limit is refused whole, one that just fits passes', () => {
    expect(runGates(acceptanceGates, someFacts({ daily: { left: 20, wanted: 20 } })).type).toBe('pass')
    expect(runGates(acceptanceGates, someFacts({ daily: { left: 19, wanted: 20 } }))).toEqual({
      type: 'drop',
      why: 'DAILY_LIMIT',
    })
  })

  it('TRG-5, TSK-6, TSK-10: batch mail waits for the next day where single mail is refused', () => {
    const batch = someFacts({ mode: 'batch', frequency: null })
    const until = NEXT_DAY
    expect(runGates(acceptanceGates, { ...batch, daily: { left: 0, wanted: 1 } })).toEqual({
      type: 'hold',
      until,
      why: 'DAILY_LIMIT',
    })
    expect(runGates(acceptanceGates, { ...batch, domainBlockedToday: true })).toEqual({
      type: 'hold',
      until,
      why: 'DOMAIN_BLOCKED_TODAY',
    })
    expect(runGates(acceptanceGates, { ...batch, block: reject }).type).toBe('drop')
  })
})

describe('attempt gates', () => {
  it.each([custom, invalid, reject])('TRG-6: who was blocked while the mail waited does not get it: $code', (block) => {
    expect(runGates(attemptGates, someFacts({ block }))).toEqual({ type: 'drop', why: block.code })
  })

  it('TRG-6: ask about blocks and validity only, not about what acceptance has settled', () => {
    const settled = someFacts({
      domainVerified: false,
      frequency: { used: 99, limit: 10 },
      daily: { left: 0, wanted: 1 },
    })
    expect(runGates(attemptGates, settled)).toEqual({ type: 'pass' })
  })

  it('TRG-8: past its validity a mail is expired, at its last instant it is not', () => {
    expect(runGates(attemptGates, someFacts({ validUntil: NOW }))).toEqual({ type: 'pass' })
    expect(runGates(attemptGates, someFacts({ validUntil: NOW - 1 }))).toEqual({ type: 'drop', why: 'EXPIRED' })
    expect(runGates(attemptGates, someFacts({ validUntil: null }))).toEqual({ type: 'pass' })
  })
})
