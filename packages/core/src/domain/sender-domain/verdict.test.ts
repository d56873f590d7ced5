import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canDelete,
  checklist,
  corporateMail,
  type DnsFact,
  type DnsRow,
  type DomainHealth,
  healthAfter,
  maySend,
  nextDomainState,
  verdict,
} from './index.js'

const NAME = 'shop.example'
const dns = { spf: ['include:spf.ours.example'], bounceMx: 'mx.ours.example', dkim: 'ours' } as const
const keys = [{ selector: 'mwa', publicValue: 'v=DKIM1; k=rsa; p=AAAA' }]
const rowsOf = (mail: 'ours' | 'transport', status: (purpose: DnsRow['purpose']) => DnsRow['status']): DnsRow[] =>
  checklist({ name: NAME, dns: { ...dns, dkim: mail }, keys, trackingHost: 'links.ours.example' }).map((row) => ({
    ...row,
    status: status(row.purpose),
  }))

describe('verdict', () => {
  it.each(['mx', 'spf', 'dkim', 'dmarc'] as const)('DOM-4: does not pass without %s', (lacking) => {
    expect(verdict(rowsOf('ours', () => 'passed')).passed).toBe(true)
    for (const status of ['missing', 'wrong', 'unknown'] as const) {
      const result = verdict(rowsOf('ours', (purpose) => (purpose === lacking ? status : 'passed')))
      expect(result.passed).toBe(false)
      expect(result[status].map((row) => row.purpose)).toEqual([lacking])
    }
  })

  it('DOM-10: SPF and DKIM are advice when the transport signs, tracking always', () => {
    const judged = rowsOf('transport', (purpose) => (purpose === 'dmarc' || purpose === 'mx' ? 'passed' : 'wrong'))
    expect(verdict(judged)).toEqual({ passed: true, missing: [], wrong: [], unknown: [] })
  })
})

describe('nextDomainState', () => {
  it.each([
    ['pending', true, false, 'verified'],
    ['pending', false, false, 'pending'],
    ['pending', true, true, 'lost'],
    ['pending', false, true, 'lost'],
    ['lost', true, true, 'lost'],
    ['lost', true, false, 'verified'],
    ['lost', false, false, 'lost'],
    ['verified', false, false, 'verified'],
  ] as const)('DOM-1, DOM-3: %s, passed %s, owned by another %s → %s', (state, passed, ownedByOther, next) => {
    expect(nextDomainState(state, { passed, ownedByOther })).toBe(next)
  })
})

describe('healthAfter', () => {
  const all = (status: DnsRow['status']) => rowsOf('ours', () => status)
  const healthy: DomainHealth = { state: 'healthy' }

  it('DOM-9: says since when a verified domain fails, until it passes again', () => {
    const failing = healthAfter(
      healthy,
      rowsOf('ours', (p) => (p === 'spf' ? 'wrong' : 'passed')),
      1_000,
    )
    expect(failing).toEqual({ state: 'failing', since: 1_000, purposes: ['spf'] })
    expect(healthAfter(failing, all('missing'), 2_000)).toMatchObject({ since: 1_000 })
    expect(healthAfter(failing, all('passed'), 3_000)).toEqual(healthy)
  })

  it('DOM-9: advice does not count, and sending goes on unless strictRecheck', () => {
    expect(
      healthAfter(
        healthy,
        rowsOf('ours', (p) => (p === 'tracking' ? 'wrong' : 'passed')),
        1,
      ),
    ).toEqual(healthy)
    const health = healthAfter(healthy, all('wrong'), 1)
    expect(maySend({ state: 'verified', health, strictRecheck: false })).toBe(true)
    expect(maySend({ state: 'verified', health, strictRecheck: true })).toBe(false)
    expect(maySend({ state: 'verified', health: healthy, strictRecheck: true })).toBe(true)
    expect(maySend({ state: 'pending', health: healthy, strictRecheck: false })).toBe(false)
    expect(maySend({ state: 'lost', health: healthy, strictRecheck: false })).toBe(false)
  })

  it('DOM-4: in 1,000 DNS histories a resolver failure neither fails nor mends a domain', () => {
    const look = fc.constantFrom<DnsRow['status']>('passed', 'missing', 'wrong', 'unknown')
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), (looks) => {
        let health: DomainHealth = healthy
        looks.forEach((status, now) => {
          const next = healthAfter(health, all(status), now)
          if (status === 'unknown') expect(next.state).toBe(health.state)
          else expect(next.state).toBe(status === 'passed' ? 'healthy' : 'failing')
          health = next
        })
      }),
      { numRuns: 1_000, seed: 7 },
    )
  })
})

describe('corporateMail', () => {
  const mx = (...exchanges: string[]): DnsFact => ({
    type: 'MX',
    name: NAME,
    answer: { type: 'found', records: exchanges.map((exchange) => ({ preference: 10, exchange })) },
  })
  const txt = (...records: string[]): DnsFact => ({ type: 'TXT', name: NAME, answer: { type: 'found', records } })
  const unreachable: DnsFact = { type: 'MX', name: NAME, answer: { type: 'unreachable', cause: 'ETIMEOUT' } }

  it.each([
    ['an MX that is not ours', [mx('mx.corp.example', 'MX.ours.example.')], 'mx', ['mx.corp.example']],
    [
      'an SPF without ours',
      [mx('mx.ours.example'), txt('v=spf1 include:corp.example -all')],
      'spf',
      ['v=spf1 include:corp.example -all'],
    ],
    ['both', [txt('v=spf1 -all'), mx('mx.corp.example')], 'mx', ['mx.corp.example']],
    ['an SPF open to all', [txt('v=spf1 +all')], 'spf', ['v=spf1 +all']],
  ] as const)('DOM-6: warns of %s and advises a subdomain', (_, facts, conflict, found) => {
    expect(corporateMail({ name: NAME, dns }, facts)).toEqual({ conflict, found, advice: 'mail.shop.example' })
  })

  it('DOM-6: is silent on ours, a null MX, other TXT and failed lookups', () => {
    for (const facts of [
      [],
      [unreachable],
      [mx('')],
      [mx('mx.ours.example')],
      [txt('hello')],
      [txt('v=spf1 include:spf.ours.example include:corp.example -all')],
    ]) {
      expect(corporateMail({ name: NAME, dns }, facts)).toBeNull()
    }
  })

  it('DOM-6: any MX is not ours when the host runs no bounce receiver', () => {
    const withoutMx = { spf: dns.spf, dkim: 'ours' } as const
    expect(corporateMail({ name: NAME, dns: withoutMx }, [mx('mx.ours.example')])?.conflict).toBe('mx')
  })
})

describe('canDelete', () => {
  it('DOM-7: a verified domain goes only without senders and dedicated IPs, which are named', () => {
    const used = { state: 'verified', senders: ['s1'], dedicatedIps: ['192.0.2.7'] } as const
    const refusal = { code: 'IN_USE', details: { senders: ['s1'], dedicatedIps: ['192.0.2.7'] } }
    expect(() => canDelete(used)).toThrow(expect.objectContaining(refusal))
    expect(() => canDelete({ ...used, senders: [] })).toThrow(expect.objectContaining({ code: 'IN_USE' }))
    expect(() => canDelete({ ...used, dedicatedIps: [] })).toThrow(expect.objectContaining({ code: 'IN_USE' }))
    expect(() => canDelete({ ...used, senders: [], dedicatedIps: [] })).not.toThrow()
    expect(() => canDelete({ ...used, state: 'pending' })).not.toThrow()
    expect(() => canDelete({ ...used, state: 'lost' })).not.toThrow()
  })
})
