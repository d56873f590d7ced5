import { describe, expect, it } from 'vitest'
import { checklist, questions } from './index.js'

const dns = { spf: ['include:spf.ours.example', 'ip4:192.0.2.7'], bounceMx: 'MX1.ours.example.', dkim: 'ours' } as const
const keys = [
  { selector: 'mwa', publicValue: 'v=DKIM1; k=rsa; p=AAAA' },
  { selector: 'mwb', publicValue: 'v=DKIM1; k=ed25519; p=BBBB' },
]

describe('checklist', () => {
  it('DOM-2: lists MX, SPF, one DKIM per key, DMARC and tracking, relative to the registrable domain', () => {
    const rows = checklist({ name: 'abc.shop.co.uk', dns, keys, trackingHost: 'links.ours.example' })
    expect(rows.map(({ purpose, host, name, type, expected }) => [purpose, host, name, type, expected])).toEqual([
      ['mx', 'abc', 'abc.shop.co.uk', 'MX', '10 mx1.ours.example'],
      ['spf', 'abc', 'abc.shop.co.uk', 'TXT', 'v=spf1 include:spf.ours.example ip4:192.0.2.7 ~all'],
      ['dkim', 'mwa._domainkey.abc', 'mwa._domainkey.abc.shop.co.uk', 'TXT', 'v=DKIM1; k=rsa; p=AAAA'],
      ['dkim', 'mwb._domainkey.abc', 'mwb._domainkey.abc.shop.co.uk', 'TXT', 'v=DKIM1; k=ed25519; p=BBBB'],
      ['dmarc', '_dmarc.abc', '_dmarc.abc.shop.co.uk', 'TXT', 'v=DMARC1; p=none'],
      ['tracking', 'track.abc', 'track.abc.shop.co.uk', 'CNAME', 'links.ours.example'],
    ])
    expect(rows.every(({ status, current }) => status === 'missing' && current === null)).toBe(true)
  })

  it('DOM-2: writes @ for the registrable domain itself', () => {
    const rows = checklist({ name: 'shop.example', dns, keys })
    expect(rows.map(({ host }) => host)).toEqual(['@', '@', 'mwa._domainkey', 'mwb._domainkey', '_dmarc'])
  })

  it.each([
    ['ours with a bounce receiver', dns, ['mx', 'spf', 'dkim', 'dkim', 'dmarc']],
    ['ours without one', { spf: dns.spf, dkim: 'ours' }, ['spf', 'dkim', 'dkim', 'dmarc']],
    ['a provider that signs', { spf: dns.spf, dkim: 'transport' }, ['dmarc']],
  ] as const)('DOM-4, DOM-10: required with %s', (_, given, required) => {
    const rows = checklist({ name: 'shop.example', dns: given, keys, trackingHost: 'links.ours.example' })
    expect(rows.filter((row) => row.required).map(({ purpose }) => purpose)).toEqual(required)
  })

  it('DOM-4: requiredRecords replaces the default', () => {
    const rows = checklist({ name: 'shop.example', dns, keys, requiredRecords: ['dkim'] })
    expect(rows.filter((row) => row.required).map(({ purpose }) => purpose)).toEqual(['dkim', 'dkim'])
  })

  it('asks each name and type once', () => {
    const rows = checklist({ name: 'shop.example', dns, keys: [] })
    expect(questions([...rows, ...rows])).toEqual([
      { type: 'MX', name: 'shop.example' },
      { type: 'TXT', name: 'shop.example' },
      { type: 'TXT', name: '_dmarc.shop.example' },
    ])
  })
})
