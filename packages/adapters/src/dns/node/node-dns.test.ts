import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeDns } from './index.js'

const types = { A: 1, CNAME: 5, MX: 15, TXT: 16, AAAA: 28 } as const
type RecordType = keyof typeof types
type Reply = { readonly code: number } | readonly Buffer[]

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ])
const txt = (...strings: string[]): Buffer =>
  Buffer.concat(strings.map((text) => Buffer.from([text.length, ...Buffer.from(text)])))
const mx = (preference: number, exchange: string): Buffer =>
  Buffer.concat([Buffer.from([0, preference]), nameBytes(exchange)])

const SERVFAIL = { code: 2 }
const NXDOMAIN = { code: 3 }
const REFUSED = { code: 5 }
const long = 'p'.repeat(200)

/** What the responder says; a name without an entry does not exist, a type without one has no record. */
const zone: Record<string, Partial<Record<RecordType, Reply>>> = {
  'shop.example': {
    TXT: [txt('v=spf1 include:', 'spf.example -all'), txt(long, long)],
    MX: [mx(20, 'mx2.shop.example'), mx(10, 'mx1.shop.example')],
    A: [Buffer.from([192, 0, 2, 7])],
    AAAA: [Buffer.from('20010db8000000000000000000000001', 'hex')],
  },
  'null.example': { MX: [mx(0, '')] },
  'v6.example': { AAAA: [Buffer.from('20010db8000000000000000000000002', 'hex')] },
  'half.example': { A: SERVFAIL },
  'good-half.example': { A: SERVFAIL, AAAA: [Buffer.from('20010db8000000000000000000000003', 'hex')] },
  'broken.example': { TXT: SERVFAIL, MX: REFUSED },
  'track.shop.example': { CNAME: [nameBytes('links.ours.example')] },
}

/** Answers one question (RFC 1035 §4): the question again, then the records with a pointer to its name. */
function respond(query: Buffer): Buffer {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const type = query.readUInt16BE(at + 1)
  const key = (Object.keys(types) as RecordType[]).find((name) => types[name] === type)
  const records = zone[labels.join('.').toLowerCase()]
  const reply: Reply = records ? ((key && records[key]) ?? []) : NXDOMAIN
  const answers = 'code' in reply ? [] : reply
  const header = Buffer.alloc(12)
  header.writeUInt16BE(query.readUInt16BE(0), 0)
  header.writeUInt16BE(0x8180 | ('code' in reply ? reply.code : 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(answers.length, 6)
  const bodies = answers.map((data) => {
    const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, 0])
    head.writeUInt16BE(data.length, 10)
    return Buffer.concat([head, data])
  })
  return Buffer.concat([header, query.subarray(12, at + 5), ...bodies])
}

const socket = createSocket('udp4')
socket.on('message', (query, peer) => socket.send(respond(query), peer.port, peer.address))
let dns = nodeDns()

beforeAll(async () => {
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  dns = nodeDns({ servers: [`127.0.0.1:${socket.address().port}`], timeoutMs: 1_000 })
})
afterAll(() => {
  socket.close()
})

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
