import type { BlockLookup } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { verdictOf } from './verdict.js'

const free: BlockLookup = {
  address: 'ann@example.org',
  invalid: null,
  whitelisted: false,
  custom: [],
  rejects: [],
}
const at = Date.UTC(2026, 10, 1)
const invalid = {
  triggeredBy: 'another',
  alsoAnother: false,
  reason: '550 5.1.1',
  at,
  releaseAt: null,
  whitelisted: false,
} as const
const custom = {
  target: '@example.org',
  startsAt: at,
  endsAt: null,
  automatic: false,
  reason: '',
  createdAt: at,
} as const
const rejects = [{ senderDomain: 'mail.shop.example', reason: 'unsubscribed', at }]

describe('whether an address is written to', () => {
  it('it is, where nothing blocks it', () => {
    expect(verdictOf(free)).toBe('written')
  })

  it('BLK-2: the invalid list blocks it unless it is whitelisted', () => {
    expect(verdictOf({ ...free, invalid })).toBe('blocked')
    expect(verdictOf({ ...free, whitelisted: true, invalid: { ...invalid, whitelisted: true } })).toBe('written')
  })

  it('BLK-4: a custom row blocks it while it is active, also a whitelisted one', () => {
    expect(verdictOf({ ...free, whitelisted: true, custom: [{ ...custom, status: 'active' }] })).toBe('blocked')
    for (const status of ['coming', 'expired'] as const)
      expect(verdictOf({ ...free, custom: [{ ...custom, status }] })).toBe('written')
  })

  it('BLK-3: a reject blocks it for its sender domain only', () => {
    expect(verdictOf({ ...free, rejects })).toBe('some')
    expect(verdictOf({ ...free, rejects, invalid })).toBe('blocked')
  })
})
