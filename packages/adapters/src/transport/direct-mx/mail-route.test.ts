import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { type Dns, type MxRecord, nodeDns } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { mailRoute } from './mail-route.js'
import { orderMx } from './mx-order.js'

const half = { random: () => 0.5, most: 5, ownHosts: new Set(['mx.own.example']) }
const mx = (preference: number, exchange: string): MxRecord => ({ preference, exchange })
const route = (dns: Pick<Dns, 'mx' | 'address'>, domain = 'office.example') => mailRoute(domain, dns, half)

describe('the order of MX hosts', () => {
  it('goes by preference, and by chance among equals', () => {
    const records = [mx(20, 'c.example'), mx(10, 'a.example'), mx(10, 'b.example')]
    const draws = (list: readonly number[]) => () => list[at++ % list.length] ?? 0
    let at = 0
    expect(orderMx(records, draws([0.1, 0.2, 0.3]), 5)).toEqual(['a.example', 'b.example', 'c.example'])
    at = 0
    expect(orderMx(records, draws([0.1, 0.3, 0.2]), 5)).toEqual(['b.example', 'a.example', 'c.example'])
  })

  it('shares the load of equals: each of four is first in about a quarter of the draws', () => {
    const records = ['a', 'b', 'c', 'd'].map((name) => mx(10, `${name}.example`))
    const first = new Map<string, number>()
    for (let time = 0; time < 4_000; time += 1) {
      const [host = ''] = orderMx(records, Math.random, 5)
      first.set(host, (first.get(host) ?? 0) + 1)
    }
    expect([...first.values()].every((count) => count > 850 && count < 1_150)).toBe(true)
  })

  it('F8: tries a few of a thousand', () => {
    const records = Array.from({ length: 1_000 }, (_, index) => mx(10, `mx${index}.example`))
    expect(new Set(orderMx(records, Math.random, 5)).size).toBe(5)
  })

  it('leaves out doubles, addresses, and what is no host name', () => {
    const records = ['MX.example.', 'mx.example', '192.0.2.1', '::1', 'a b.example', '', 'x\r\ny.example', 'ok.example']
    expect(
      orderMx(
        records.map((name, at) => mx(at, name)),
        () => 0,
        9,
      ),
    ).toEqual(['mx.example', 'ok.example'])
  })
})

describe('the route of mail to a domain', () => {
  it('F8: leads to the MX hosts', async () => {
    const dns = fixedDns({ 'office.example': { mx: [mx(20, 'mx2.office.example'), mx(10, 'mx1.office.example')] } })
    expect(await route(dns)).toEqual({ type: 'hosts', hosts: ['mx1.office.example', 'mx2.office.example'] })
  })

  it('F8: leads to the domain itself where there is no MX but an address (RFC 5321 §5.1)', async () => {
    expect(await route(fixedDns({ 'office.example': { address: ['192.0.2.1'] } }))).toEqual({
      type: 'hosts',
      hosts: ['office.example'],
    })
  })

  it('F8: a null MX is a definite no (RFC 7505), also where the domain has an address', async () => {
    for (const exchange of ['', '.']) {
      const dns = fixedDns({ 'office.example': { mx: [mx(0, exchange)], address: ['192.0.2.1'] } })
      expect(await route(dns)).toMatchObject({ type: 'none', cause: expect.stringMatching(/^null MX/) })
    }
  })

  it('F8: a domain that does not exist is a definite no', async () => {
    expect(await route(fixedDns())).toMatchObject({ type: 'none', cause: expect.stringMatching(/^nxdomain/) })
  })

  it.each(['ESERVFAIL', 'ETIMEOUT', 'EREFUSED', 'EBADRESP', 'EFORMERR'])('F8: %s is no answer', async (cause) => {
    const dns = fixedDns()
    dns.fail('office.example', cause)
    expect(await route(dns)).toEqual({ type: 'unknown', cause: `MX lookup failed: ${cause}` })
  })

  it('F8: no MX, and an address lookup that fails, is no answer either', async () => {
    const dns: Pick<Dns, 'mx' | 'address'> = {
      mx: async () => ({ type: 'absent' }),
      address: async () => ({ type: 'unreachable', cause: 'ETIMEOUT' }),
    }
    expect(await route(dns)).toEqual({ type: 'unknown', cause: 'address lookup failed: ETIMEOUT' })
  })

  it('F8: a CNAME of the domain is followed, a loop of them is no answer', async () => {
    const dns = fixedDns({
      'office.example': { cname: 'hosted.example' },
      'hosted.example': { mx: [mx(10, 'mx.hosted.example')] },
      'loop.example': { cname: 'pool.example' },
      'pool.example': { cname: 'loop.example' },
    })
    expect(await route(dns)).toEqual({ type: 'hosts', hosts: ['mx.hosted.example'] })
    expect(await route(dns, 'loop.example')).toMatchObject({ type: 'unknown' })
  })

  it('F8: an answer that is cut off, and cannot be had whole, is no answer', async () => {
    const socket = createSocket('udp4')
    socket.on('message', (query, peer) => {
      const cut = Buffer.from(query)
      // RFC 1035 §4.1.1: a response, truncated; over TCP nobody is there.
      cut.writeUInt16BE(0x8380, 2)
      socket.send(cut, peer.port, peer.address)
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const dns = nodeDns({ servers: [`127.0.0.1:${socket.address().port}`], timeoutMs: 200 })
    expect(await route(dns)).toMatchObject({ type: 'unknown', cause: expect.stringMatching(/^MX lookup failed: E/) })
    socket.close()
  })

  it.each([
    ['alone', { mx: [mx(10, 'MX.own.example.')] }, { type: 'ourselves' }],
    ['best', { mx: [mx(10, 'mx.own.example'), mx(20, 'backup.example')] }, { type: 'ourselves' }],
    ['among the best', { mx: [mx(10, 'mx.own.example'), mx(10, 'other.example')] }, { type: 'ourselves' }],
    [
      'behind another',
      { mx: [mx(5, 'main.example'), mx(10, 'mx.own.example'), mx(10, 'equal.example'), mx(20, 'far.example')] },
      { type: 'hosts', hosts: ['main.example'] },
    ],
  ])('F8: a domain that has this service as MX %s (RFC 5321 §5.1)', async (_, records, expected) => {
    expect(await route(fixedDns({ 'office.example': records }))).toEqual(expected)
  })

  it('F8: a domain without MX that is this service itself', async () => {
    expect(await route(fixedDns({ 'mx.own.example': { address: ['192.0.2.1'] } }), 'mx.own.example')).toEqual({
      type: 'ourselves',
    })
  })

  it('F8: MX records of which none can be used do not lead back to the domain, and are no definite no', async () => {
    const dns = fixedDns({ 'office.example': { mx: [mx(10, '192.0.2.1')], address: ['192.0.2.1'] } })
    expect(await route(dns)).toEqual({ type: 'unknown', cause: 'no MX record names a host' })
  })
})
