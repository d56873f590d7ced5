import { smtp } from '@mailwright/adapters/transport/smtp'
import type { TransportRequest } from '@mailwright/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { receivingServer } from './receiving-server.js'

const never = new AbortController().signal
const pieces = [
  '\r\n',
  '\n',
  '\r',
  '.',
  '..',
  '\0',
  'a',
  '\r\n.\r\n',
  '\n.\n',
  '\r.\r',
  '\n.\r\n',
  '\r\n.\n',
  'é',
  'RSET',
  ' ',
]

const aMail = (id: string, content: string): TransportRequest => ({
  id,
  route: null,
  envelope: { from: 'bounce@mail.example', to: ['ann@example.org'] },
  content: Buffer.from(`Subject: ${id}\r\n\r\n${content}`, 'latin1'),
})

/** What RFC 5321 lets through: CRLF is the only line end, and the last line has one. */
const withCrlf = (content: Uint8Array): string => {
  const text = Buffer.from(content)
    .toString('latin1')
    .replace(/\r\n|\r|\n/g, '\r\n')
  return text.endsWith('\r\n') ? text : `${text}\r\n`
}

const exchange = async (mails: readonly TransportRequest[]) => {
  const server = await receivingServer()
  const transport = smtp({ url: `smtp://127.0.0.1:${server.port}`, connections: 4 })
  const results = await Promise.all(mails.map((mail) => transport.send(mail, never)))
  await transport.close()
  await server.close()
  const types = results.flatMap(({ recipients }) => recipients.map(({ type }) => type))
  return {
    types: new Set(types),
    received: server.received.map(({ content }) => Buffer.from(content).toString('latin1')),
  }
}

describe('bodies through a real SMTP server', () => {
  it('arrive once each, whatever CR, LF, dot and NUL stand round an end of data (T2)', async () => {
    const bodies = fc.sample(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), { numRuns: 1_000, seed: 5321 })
    const mails = bodies.map((body, index) => aMail(`mail-${index}`, body.join('')))
    const { types, received } = await exchange(mails)
    expect([...types]).toEqual(['accepted'])
    expect([...received].sort()).toEqual(mails.map(({ content }) => withCrlf(content)).sort())
  })

  it('arrive with the same bytes when their lines end in CRLF, also across the slices they are read in', async () => {
    const dots = Array.from(
      { length: 60 },
      (_, index) => `${'.'.repeat(index % 3)}${'x'.repeat(4_095 - index)}\r\n.\r\n`,
    )
    const mail = aMail('large', dots.join(''))
    const { received } = await exchange([mail])
    expect(received).toEqual([Buffer.from(mail.content).toString('latin1')])
  })
})
