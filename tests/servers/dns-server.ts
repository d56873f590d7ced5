import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

const typeNumbers = { A: 1, CNAME: 5, MX: 15, TXT: 16, AAAA: 28 } as const
export type RecordType = keyof typeof typeNumbers

/** One record of an answer. */
export interface DnsRecord {
  readonly type: RecordType
  readonly data: Buffer
  /** Whose it is. Left out: the name that was asked for. */
  readonly owner?: string
}

export interface DnsQuery {
  /** In lower case. */
  readonly name: string
  /** undefined: one that this server does not know. */
  readonly type: RecordType | undefined
  readonly over: 'udp' | 'tcp'
}

/** `truncated`: the bit TC without any record, which asks for the same over TCP. `silence`: no answer over UDP, a closed connection over TCP. */
export type DnsReply = readonly DnsRecord[] | { readonly rcode: number } | 'truncated' | 'garbage' | 'silence'

export const SERVFAIL: DnsReply = { rcode: 2 }
export const NXDOMAIN: DnsReply = { rcode: 3 }
export const REFUSED: DnsReply = { rcode: 5 }

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ])

const sixteenBits = (...values: readonly number[]): Buffer =>
  Buffer.from(values.flatMap((value) => [value >> 8, value & 255]))

/** The records of an answer, each of its type. */
export const record = {
  a: (address: string): DnsRecord => ({ type: 'A', data: Buffer.from(address.split('.').map(Number)) }),
  /** The 16 octets in hexadecimal. */
  aaaa: (octets: string): DnsRecord => ({ type: 'AAAA', data: Buffer.from(octets, 'hex') }),
  cname: (target: string, owner?: string): DnsRecord => ({
    type: 'CNAME',
    data: nameBytes(target),
    ...(owner === undefined ? {} : { owner }),
  }),
  mx: (preference: number, exchange: string): DnsRecord => ({
    type: 'MX',
    data: Buffer.concat([sixteenBits(preference), nameBytes(exchange)]),
  }),
  /** One record of these character-strings; a string of more than 255 octets becomes several. */
  txt: (...strings: readonly string[]): DnsRecord => ({
    type: 'TXT',
    data: Buffer.concat(
      strings
        .flatMap((text) => text.match(/.{1,255}/gs) ?? [''])
        .map((text) => Buffer.from([text.length, ...Buffer.from(text)])),
    ),
  }),
}

/** What goes into one datagram of a resolver that knows nothing of EDNS (RFC 1035 §4.2.1). */
const DATAGRAM = 512

function read(query: Buffer, over: DnsQuery['over']): DnsQuery & { readonly question: Buffer } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const asked = query.readUInt16BE(at + 1)
  const type = (Object.keys(typeNumbers) as RecordType[]).find((one) => typeNumbers[one] === asked)
  return { name: labels.join('.').toLowerCase(), type, over, question: query.subarray(12, at + 5) }
}

/** RFC 1035 §4: the question again, then the records. */
function message(id: Buffer, question: Buffer, flags: number, records: readonly DnsRecord[]): Buffer {
  const bodies = records.map(({ type, data, owner }) =>
    Buffer.concat([
      owner === undefined ? sixteenBits(0xc00c) : nameBytes(owner),
      sixteenBits(typeNumbers[type], 1, 0, 60, data.length),
      data,
    ]),
  )
  return Buffer.concat([id, sixteenBits(0x8180 | flags, 1, records.length, 0, 0), question, ...bodies])
}

const TRUNCATED = 0x0200

function answered(query: Buffer, over: DnsQuery['over'], answer: (query: DnsQuery) => DnsReply): Buffer | null {
  const { question, ...asked } = read(query, over)
  const id = query.subarray(0, 2)
  const reply = answer(asked)
  if (reply === 'silence') return null
  // The right id and question, and then a record that claims to be longer than what there is.
  if (reply === 'garbage')
    return Buffer.concat([id, sixteenBits(0x8180, 1, 1, 0, 0), question, sixteenBits(0xc00c, 1, 1, 0, 60, 9_999)])
  if (reply === 'truncated') return message(id, question, TRUNCATED, [])
  if ('rcode' in reply) return message(id, question, reply.rcode, [])
  const whole = message(id, question, 0, reply)
  return over === 'udp' && whole.length > DATAGRAM ? message(id, question, TRUNCATED, []) : whole
}

export interface DnsServer {
  /** As `nodeDns` takes it. */
  readonly address: string
  /** What it was asked, in order. */
  readonly asked: readonly DnsQuery[]
  close(): Promise<void>
}

/** A DNS server on the loopback interface, over UDP and over TCP at the same port. What does not fit into a datagram is truncated there. */
export async function dnsServer(answer: (query: DnsQuery) => DnsReply): Promise<DnsServer> {
  const asked: DnsQuery[] = []
  const heard = (query: DnsQuery): DnsReply => {
    asked.push(query)
    return answer(query)
  }
  const connections = new Set<Socket>()
  const tcp = createServer((socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
    socket.on('error', () => undefined)
    let rest = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes])
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
        const end = 2 + rest.readUInt16BE(0)
        const reply = answered(rest.subarray(2, end), 'tcp', heard)
        rest = rest.subarray(end)
        if (reply === null) socket.destroy()
        else socket.write(Buffer.concat([sixteenBits(reply.length), reply]))
      }
    })
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const bound = tcp.address()
  if (bound === null || typeof bound === 'string') throw new Error('The system gave no port.')
  const udp = createSocket('udp4')
  udp.on('message', (query, peer) => {
    const reply = answered(query, 'udp', heard)
    if (reply !== null) udp.send(reply, peer.port, peer.address)
  })
  udp.bind(bound.port, '127.0.0.1')
  await once(udp, 'listening')
  return {
    address: `127.0.0.1:${bound.port}`,
    asked,
    async close() {
      for (const socket of connections) socket.destroy()
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ])
    },
  }
}
