import { smtp } from '@mailwright/adapters/transport/smtp'
import { scriptedPeer } from '@mailwright/conformance'
import type { TransportRequest } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'
import { type RawConnection, rawSmtpServer } from './raw-smtp-server.js'

const never = new AbortController().signal
const aMail = (id: string, content = 'Body\r\n'): TransportRequest => ({
  id,
  route: null,
  envelope: { from: 'bounce@mail.example', to: [`${id}@example.org`] },
  content: Buffer.from(`Subject: ${id}\r\n\r\n${content}`),
})

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
const started = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
  const server = await opening
  closers.push(() => server.close())
  return server
}
const to = (port: number, more: Partial<Parameters<typeof smtp>[0]> = {}) => {
  const transport = smtp({ url: `smtp://127.0.0.1:${port}`, connections: 1, ...more })
  closers.push(() => transport.close())
  return transport
}

const envelopeOf = /MAIL FROM:<[^>]*>[^\r]*\r\nRCPT TO:<([^>]*)>\r\nDATA\r\n$/

/** A server with PIPELINING that takes one recipient a mail. `early` is asked when an envelope comes in the piece that ends a mail; true: it was dealt with. */
const pipeliningServer = (early: (connection: RawConnection, taken: string[]) => boolean = () => false) => {
  const taken: string[] = []
  const server = rawSmtpServer((piece, connection) => {
    const { say } = connection
    if (piece.startsWith('EHLO')) return say('250-raw.test', '250 PIPELINING')
    if (piece.startsWith('QUIT')) return say('221 bye')
    const dot = piece.indexOf('\r\n.\r\n')
    const next = dot < 0 ? piece : piece.slice(dot + 5)
    const subject = /Subject: (\S+)/.exec(piece)?.[1]
    if (dot >= 0 && next !== '' && early(connection, taken)) return
    if (dot >= 0 && subject !== undefined) {
      taken.push(subject)
      say('250 2.0.0 queued as ABCD')
    }
    if (envelopeOf.test(next)) say('250 ok', '250 ok', '354 go on')
  })
  return { server, taken }
}

describe('a pipelined session', () => {
  it('writes an envelope in one piece, and the next one in the piece with the final dot', async () => {
    const { server, taken } = pipeliningServer()
    const { port, pieces } = await started(server)
    const transport = to(port)
    const results = await Promise.all(['m1', 'm2', 'm3'].map((id) => transport.send(aMail(id), never)))
    expect(results.flatMap(({ recipients }) => recipients.map(({ type }) => type))).toEqual(Array(3).fill('accepted'))
    expect(taken).toEqual(['m1', 'm2', 'm3'])
    const [mails = []] = pieces.map((all) => all.filter((piece) => !/^(?:EHLO|QUIT)/.test(piece)))
    expect(mails).toHaveLength(4)
    expect(mails[0]).toMatch(/^MAIL FROM:<bounce@mail.example>\r\nRCPT TO:<m1@example.org>\r\nDATA\r\n$/)
    expect(mails[1]).toMatch(
      /^Subject: m1\r\n\r\nBody\r\n\.\r\nMAIL FROM:[^\r]*\r\nRCPT TO:<m2@example.org>\r\nDATA\r\n$/,
    )
    expect(mails[3]).toMatch(/^Subject: m3\r\n\r\nBody\r\n\.\r\n$/)
  })

  it.each([
    { how: 'answers 503 to the mail', answers: ['503 5.5.1 Bad sequence of commands - pipelined after end of DATA'] },
    { how: 'answers 503 to the envelope', answers: ['250 ok', '503 Bad sequence of commands'] },
    { how: 'answers 554 and says why', answers: ['554 5.5.0 SMTP protocol synchronization error'] },
  ])('learns from a server that minds ($how), and repeats what was not taken', async ({ answers }) => {
    let minded = 0
    const { server, taken } = pipeliningServer(({ say, socket }, already) => {
      minded += 1
      if (answers[0]?.startsWith('250')) already.push('m1')
      say(...answers)
      socket.end()
      return true
    })
    const { port, pieces } = await started(server)
    const transport = to(port)
    const ids = ['m1', 'm2', 'm3', 'm4', 'm5']
    const results = await Promise.all(ids.map((id) => transport.send(aMail(id), never)))
    expect(results.flatMap(({ recipients }) => recipients.map(({ type }) => type))).toEqual(Array(5).fill('accepted'))
    expect([...taken].sort()).toEqual(ids)
    expect(minded).toBe(1)
    expect(pieces).toHaveLength(2)
  })

  it('REL-2: hung up on after the final dot, leaves that mail unknown and sends the one behind it over another connection', async () => {
    const { server, taken } = pipeliningServer(({ socket }) => {
      socket.destroy()
      return true
    })
    const { port } = await started(server)
    const transport = to(port)
    const results = await Promise.all(['m1', 'm2', 'm3'].map((id) => transport.send(aMail(id), never)))
    expect(results.map(({ recipients }) => recipients[0]?.type)).toEqual(['unknown', 'accepted', 'accepted'])
    expect([...taken].sort()).toEqual(['m2', 'm3'])
  })

  it('begins anew after an envelope that came to nothing, also for a server without PIPELINING', async () => {
    for (const extensions of [['PIPELINING'], []]) {
      const peer = await started(
        scriptedPeer({ extensions, rcpt: (address) => (address.startsWith('m1') ? '550 5.1.1 no' : '250 ok') }),
      )
      const transport = to(peer.port)
      const results = await Promise.all(['m1', 'm2'].map((id) => transport.send(aMail(id), never)))
      expect(results.map(({ recipients }) => recipients[0]?.type)).toEqual(['refused', 'accepted'])
      expect(peer.commands.filter((command) => command === 'RSET')).toHaveLength(1)
    }
  })

  it.each([
    { size: 'than is copied together with its dot', count: 1_200 },
    { size: 'than one write', count: 9_000 },
  ])('gives a mail larger $size whole, dots doubled at every seam', async ({ count }) => {
    const peer = await started(scriptedPeer({ extensions: ['PIPELINING'] }))
    const transport = to(peer.port)
    const lines = Array.from({ length: count }, (_, index) => `${'.'.repeat(index % 4)}${'x'.repeat(70)}`)
    const large = aMail('m1', `${lines.join('\r\n')}\r\n`)
    const results = await Promise.all([large, aMail('m2')].map((mail) => transport.send(mail, never)))
    expect(results.map(({ recipients }) => recipients[0]?.type)).toEqual(['accepted', 'accepted'])
    expect(peer.taken[0]?.content.equals(Buffer.from(large.content))).toBe(true)
  })

  it('lets go of a connection that was still being opened when the last mail had left', async () => {
    let greeted = 0
    const server = await started(
      rawSmtpServer(
        (piece, { say }) => {
          if (piece.startsWith('EHLO')) say('250 raw.test')
          else if (piece.startsWith('DATA')) say('354 go on')
          else say(piece.startsWith('QUIT') ? '221 bye' : '250 ok')
        },
        // The first connection is welcomed, the second waits for ever.
        { greeting: () => (greeted++ === 0 ? ['220 raw.test ESMTP'] : []) },
      ),
    )
    const transport = smtp({ url: `smtp://127.0.0.1:${server.port}`, connections: 2 })
    const sending = Promise.all(['m1', 'm2'].map((id) => transport.send(aMail(id), never)))
    expect((await sending).map(({ recipients }) => recipients[0]?.type)).toEqual(['accepted', 'accepted'])
    const opened = Date.now()
    await transport.close()
    await expect.poll(() => server.open, { timeout: 5_000 }).toBe(0)
    expect(Date.now() - opened).toBeLessThan(5_000)
  })

  it.each([{ pipelining: true }, { pipelining: false }])(
    'TSK-12: takes a 421 behind mails that were taken for the end of the connection, not for a refusal of the next mail (pipelining: $pipelining)',
    async ({ pipelining }) => {
      const most = 3
      const carried: number[] = []
      const server = await started(
        rawSmtpServer((piece, { say }, number) => {
          const dot = piece.indexOf('\r\n.\r\n')
          const next = dot < 0 ? piece : piece.slice(dot + 5)
          if (dot >= 0) {
            carried[number] = (carried[number] ?? 0) + 1
            say('250 2.0.0 queued')
          }
          if (next.startsWith('EHLO')) say(...(pipelining ? ['250-raw.test', '250 PIPELINING'] : ['250 raw.test']))
          else if (next.startsWith('MAIL') && (carried[number] ?? 0) >= most) say('421 4.7.0 too many mails here')
          else if (envelopeOf.test(next)) say('250 ok', '250 ok', '354 go on')
          else if (/^(?:MAIL|RCPT)/.test(next)) say('250 ok')
          else if (next.startsWith('DATA')) say('354 go on')
          else if (next.startsWith('QUIT')) say('221 bye')
        }),
      )
      const transport = to(server.port)
      const sending = Array.from({ length: 10 }, (_, n) => transport.send(aMail(`m${n}`), never))
      const outcomes = (await Promise.all(sending)).map(({ recipients }) => recipients[0]?.type)
      expect(outcomes).toEqual(Array(10).fill('accepted'))
      expect(carried).toEqual([3, 3, 3, 1])
    },
  )

  it('opens another connection when one hangs and the next was refused, without waiting for the one that hangs', async () => {
    let greeted = 0
    const server = await started(
      rawSmtpServer(
        (piece, { say }, number) => {
          if (piece.startsWith('EHLO')) say('250 raw.test')
          else if (piece.startsWith('DATA')) say('354 go on')
          else if (number > 0 || !piece.startsWith('MAIL')) say(piece.startsWith('QUIT') ? '221 bye' : '250 ok')
        },
        // The first takes a mail and never answers, the second is turned away, the third is well.
        { greeting: () => (greeted++ === 1 ? ['421 4.3.2 too many'] : ['220 raw.test ESMTP']) },
      ),
    )
    const transport = to(server.port, { connections: 2, timeouts: { commandMs: 20_000 } })
    const end = new AbortController()
    const stuck = transport.send(aMail('m1'), end.signal)
    await expect.poll(() => server.pieces[0]?.some((piece) => piece.startsWith('MAIL'))).toBe(true)
    const others = ['m2', 'm3', 'm4', 'm5', 'm6'].map((id) => transport.send(aMail(id), never))
    const answered = await Promise.race([others[4], new Promise((resolve) => setTimeout(resolve, 10_000, 'nothing'))])
    expect(answered).toMatchObject({ recipients: [{ type: 'accepted' }] })
    end.abort()
    expect((await stuck).recipients[0]?.type).toBe('unreached')
    await Promise.all(others)
  })
})
