import { describe, expect, it } from 'vitest'
import { fixedDns } from './index.js'

describe('fixedDns', () => {
  it('answers from its zone, whatever the case and the trailing dot', async () => {
    const dns = fixedDns({
      'Shop.Example.': {
        txt: ['v=spf1 -all'],
        mx: [{ preference: 10, exchange: 'mx.shop.example' }],
        address: ['192.0.2.1'],
      },
    })
    expect(await dns.txt('shop.EXAMPLE')).toEqual({ type: 'found', records: ['v=spf1 -all'] })
    expect(await dns.mx('shop.example.')).toEqual({
      type: 'found',
      records: [{ preference: 10, exchange: 'mx.shop.example' }],
    })
    expect(await dns.address('shop.example')).toEqual({ type: 'found', records: ['192.0.2.1'] })
    expect(await dns.cname('shop.example')).toEqual({ type: 'absent' })
    expect(await dns.txt('other.example')).toEqual({ type: 'absent' })
  })

  it('DOM-4: a failing name is unreachable, not absent, until it is set again', async () => {
    const dns = fixedDns({ 'shop.example': { txt: ['a'] } })
    dns.fail('shop.example', 'ETIMEOUT')
    for (const answer of await Promise.all([
      dns.txt('shop.example'),
      dns.mx('shop.example'),
      dns.address('shop.example'),
      dns.cname('shop.example'),
    ])) {
      expect(answer).toEqual({ type: 'unreachable', cause: 'ETIMEOUT' })
    }
    dns.set('shop.example', { txt: ['b'] })
    expect(await dns.txt('shop.example')).toEqual({ type: 'found', records: ['b'] })
    dns.remove('shop.example')
    expect(await dns.txt('shop.example')).toEqual({ type: 'absent' })
  })

  it('follows CNAMEs as resolvers do, and gives up on a loop', async () => {
    const dns = fixedDns({
      'a.example': { cname: 'b.example' },
      'b.example': { txt: ['here'] },
      'x.example': { cname: 'y.example' },
      'y.example': { cname: 'x.example' },
    })
    expect(await dns.txt('a.example')).toEqual({ type: 'found', records: ['here'] })
    expect(await dns.cname('a.example')).toEqual({ type: 'found', records: ['b.example'] })
    expect(await dns.txt('x.example')).toMatchObject({ type: 'unreachable' })
  })
})
