import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { smtp } from '@mailwright/adapters/transport/smtp'
import type { RecipientOutcome } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'
import { testAuthority } from './certificates.js'

const authority = testAuthority()
const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const listening = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Takes all mail over TLS from the first byte; what it greets with goes out with the end of its handshake. */
const relay = async (certificate = authority.certificateFor('relay.example')) => {
  const taken: string[] = []
  const server = createTlsServer(certificate, (socket) => {
    let content: string | null = null
    let rest = ''
    socket.on('error', () => undefined)
    socket.write('220 relay.example ESMTP\r\n')
    socket.setEncoding('latin1').on('data', (piece: string) => {
      rest += piece
      for (;;) {
        const mark = content === null ? '\r\n' : '\r\n.\r\n'
        const end = rest.indexOf(mark)
        if (end < 0) return
        const line = rest.slice(0, end)
        rest = rest.slice(end + mark.length)
        if (content !== null) taken.push(line)
        const begins = content === null && line === 'DATA'
        content = begins ? '' : null
        socket.write(
          begins ? '354 go on\r\n' : line.startsWith('EHLO') ? '250-relay\r\n250 PIPELINING\r\n' : '250 ok\r\n',
        )
      }
    })
  })
  server.on('tlsClientError', () => undefined)
  return { port: await listening(server), taken }
}

const never = new AbortController().signal
const sendTo = async (
  port: number,
  { servername = 'relay.example', connectMs = 5_000, mails = 1, octets = 10, signal = never } = {},
): Promise<readonly RecipientOutcome[]> => {
  const transport = smtp({
    url: `smtps://127.0.0.1:${port}`,
    connections: 1,
    tls: { ca: authority.ca, servername },
    timeouts: { connectMs },
  })
  closers.push(() => transport.close())
  const content = Buffer.from(`Subject: Hello\r\n\r\n${'x'.repeat(octets)}\r\n`)
  const envelope = { from: 'bounce@mail.example', to: ['ann@example.org'] }
  const sent = Array.from({ length: mails }, (_, id) =>
    transport.send({ id: `m${id}`, route: null, envelope, content }, signal),
  )
  return (await Promise.all(sent)).flatMap(({ recipients }) => recipients)
}

describe('TLS from the first byte', () => {
  it.each([10, 30_000, 90_000, 400_000])('carries pipelined mails of %i octets', async (octets) => {
    const { port, taken } = await relay()
    const outcomes = await sendTo(port, { mails: 5, octets })
    expect(outcomes.map(({ type }) => type)).toEqual(Array(5).fill('accepted'))
    expect(taken).toEqual(Array(5).fill(`Subject: Hello\r\n\r\n${'x'.repeat(octets)}`))
  })

  it.each([
    { what: 'another name', servername: 'other.example', certificate: undefined },
    { what: 'an end that has passed', servername: 'relay.example', certificate: authority.expiredFor('relay.example') },
    {
      what: 'an issuer nobody knows',
      servername: 'relay.example',
      certificate: testAuthority().certificateFor('relay.example'),
    },
  ])('says nothing to a server with a certificate of $what', async ({ servername, certificate }) => {
    const { port, taken } = await relay(certificate)
    expect(await sendTo(port, { servername })).toMatchObject([{ type: 'unreached', stage: 'tls' }])
    expect(taken).toEqual([])
  })

  it('F6: is given up when the handshake takes too long', async () => {
    const port = await listening(createTcpServer((socket) => socket.on('error', () => undefined)))
    expect(await sendTo(port, { connectMs: 80 })).toEqual([
      { type: 'unreached', stage: 'tls', cause: 'ETIMEDOUT: no TLS in time' },
    ])
  })

  it('is unreached at tls when the server hangs up on the handshake', async () => {
    const port = await listening(createTcpServer((socket) => socket.end()))
    expect(await sendTo(port)).toMatchObject([{ type: 'unreached', stage: 'tls' }])
  })

  it('is unreached at once when aborted within the handshake', async () => {
    const end = new AbortController()
    const port = await listening(createTcpServer(() => end.abort()))
    expect(await sendTo(port, { signal: end.signal })).toMatchObject([{ type: 'unreached' }])
  })
})
