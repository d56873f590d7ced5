import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DnsRecord,
  type DnsReply,
  type DnsServer,
  dnsServer,
  NXDOMAIN,
  REFUSED,
  type RecordType,
  record,
  SERVFAIL,
} from '../../../../../tests/servers/dns-server.js'
import { nodeDns } from './index.js'

const v6 = (last: string) => record.aaaa(`20010db8${last.padStart(24, '0')}`)
const long = 'p'.repeat(200)

/** What the responder says; a name without an entry does not exist, a type without one has no record. */
const zone: Readonly<Record<string, Partial<Record<RecordType, DnsReply>>>> = {
  'shop.example': {
    TXT: [record.txt('v=spf1 include:', 'spf.example -all'), record.txt(long, long)],
    MX: [record.mx(20, 'mx2.shop.example'), record.mx(10, 'mx1.shop.example')],
    A: [record.a('192.0.2.7')],
    AAAA: [v6('1')],
  },
  'null.example': { MX: [record.mx(0, '')] },
  'v6.example': { AAAA: [v6('2')] },
  'half.example': { A: SERVFAIL },
  'good-half.example': { A: SERVFAIL, AAAA: [v6('3')] },
  'broken.example': { TXT: SERVFAIL, MX: REFUSED },
  'track.shop.example': { CNAME: [record.cname('links.ours.example')] },
  'many.example': { MX: Array.from({ length: 1_000 }, (_, index) => record.mx(index, `mx${index}.many.example`)) },
  'dangling.example': everyType(record.cname('nowhere.example', 'dangling.example')),
  'loop.example': everyType(
    record.cname('round.example', 'loop.example'),
    record.cname('loop.example', 'round.example'),
  ),
  'round.example': everyType(record.cname('loop.example', 'round.example')),
}

function everyType(...records: readonly DnsRecord[]): Record<RecordType, DnsReply> {
  return { A: records, AAAA: records, CNAME: records, MX: records, TXT: records }
}

let server: DnsServer
let dns = nodeDns()

beforeAll(async () => {
  server = await dnsServer(({ name, type }) => {
    const records = zone[name]
    return records ? ((type && records[type]) ?? []) : NXDOMAIN
  })
  dns = nodeDns({ servers: [server.address] })
})
afterAll(() => server.close())

describe('nodeDns', () => {
  it('DOM-5: joins the strings of a TXT record', async () => {
    expect(await dns.txt('shop.example')).toEqual({
      type: 'found',
      records: ['v=spf1 include:spf.example -all', long + long],
    })
  })

  it('gives MX with their preference, and an empty exchange for a null MX', async () => {
    const answer = await dns.mx('shop.example')
    expect(answer).toMatchObject({ type: 'found' })
    if (answer.type === 'found') {
      expect([...answer.records].sort((a, b) => a.preference - b.preference)).toEqual([
        { preference: 10, exchange: 'mx1.shop.example' },
        { preference: 20, exchange: 'mx2.shop.example' },
      ])
    }
    expect(await dns.mx('null.example')).toEqual({ type: 'found', records: [{ preference: 0, exchange: '' }] })
  })

  it('gives addresses of both families together, and CNAME targets', async () => {
    expect(await dns.address('shop.example')).toEqual({ type: 'found', records: ['192.0.2.7', '2001:db8::1'] })
    expect(await dns.address('v6.example')).toEqual({ type: 'found', records: ['2001:db8::2'] })
    expect(await dns.cname('track.shop.example')).toEqual({ type: 'found', records: ['links.ours.example'] })
  })

  it('DOM-4: absent is only what the resolver denies', async () => {
    expect(await dns.txt('nowhere.example')).toEqual({ type: 'absent' })
    expect(await dns.txt('null.example')).toEqual({ type: 'absent' })
    expect(await dns.address('null.example')).toEqual({ type: 'absent' })
  })

  it('DOM-4: a failing resolver is unreachable', async () => {
    expect(await dns.txt('broken.example')).toEqual({ type: 'unreachable', cause: 'ESERVFAIL' })
    expect(await dns.mx('broken.example')).toEqual({ type: 'unreachable', cause: 'EREFUSED' })
    expect(await dns.address('half.example')).toEqual({ type: 'unreachable', cause: 'ESERVFAIL' })
    expect(await dns.address('good-half.example')).toEqual({ type: 'found', records: ['2001:db8::3'] })
  })

  it('F8: reads what is too long for a datagram over TCP', async () => {
    const answer = await dns.mx('many.example')
    expect(answer.type === 'found' && answer.records.length).toBe(1_000)
    expect(server.asked.at(-1)).toEqual({ name: 'many.example', type: 'MX', over: 'tcp' })
  })

  it('F8, DOM-4: a loop of CNAMEs is unreachable, one that leads nowhere is absent', async () => {
    const loop = { type: 'unreachable', cause: 'ECNAMELOOP' }
    for (const ask of [dns.mx, dns.txt, dns.address]) {
      expect(await ask('loop.example')).toEqual(loop)
      expect(await ask('dangling.example')).toEqual({ type: 'absent' })
    }
    expect(await dns.cname('loop.example')).toEqual({ type: 'found', records: ['round.example'] })
  })

  it('DOM-4: a resolver that is not there is unreachable', async () => {
    const probe = createSocket('udp4')
    probe.bind(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address()
    probe.close()
    await once(probe, 'close')
    const nobody = nodeDns({ servers: [`127.0.0.1:${port}`], timeoutMs: 100 })
    expect(await nobody.txt('shop.example')).toMatchObject({ type: 'unreachable' })
  })
})
