import type { AddressInfo } from 'node:net'
import { fromNodemailer } from '@mailwright/adapters/transport/nodemailer'
import type { Transport } from '@mailwright/core'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { aDnsService, NEWS_SENDER, withNews } from './a-dns-domain.js'
import { settle } from './a-service.js'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function aReceiver() {
  const received: Buffer[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks))
        done(null)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, received }
}

/** Keeps what core gave to the transport, before nodemailer had a hand on it. */
const keeping = (transport: Transport, given: Buffer[]): Transport => ({
  ...transport,
  send: (request, signal) => {
    given.push(Buffer.from(request.content))
    return transport.send(request, signal)
  },
})

describe('signed mail through the host’s own nodemailer', () => {
  it.each([{ pool: false }, { pool: true }])(
    'DOM-8: arrives byte for byte, and its signature holds (pool $pool)',
    async ({ pool }) => {
      const { port, received } = await aReceiver()
      const target = { host: '127.0.0.1', port }
      const transporter = pool ? createTransport({ ...target, pool: true }) : createTransport(target)
      const given: Buffer[] = []
      const transport = keeping(fromNodemailer(transporter, { closeTransporter: true }), given)
      closers.push(() => transport.close())
      const service = await withNews(await aDnsService({ more: { transport } }))
      const bodies = [
        { text: '.\n..a dot\n\ttab  and  spaces \n\n\n' },
        { text: 'Grüße, 姓名 \u00a0 !' },
        { html: `<p>  ${'long '.repeat(400)}</p>\n   <pre>\t.\n.\n</pre>   ` },
        { text: '', subject: `A subject that is folded ${'x '.repeat(100)}` },
        {
          text: 'x',
          attachments: [{ name: 'a.bin', content: Buffer.from([...Array(600).keys()].map((n) => n % 256)) }],
        },
      ]
      for (const [index, body] of bodies.entries())
        await service.mail.send({ from: NEWS_SENDER, to: `r${index}@readers.example`, subject: 'Hello', ...body })
      await settle(service)
      expect(given).toHaveLength(bodies.length)
      expect(received.map((mail) => mail.toString('latin1')).sort()).toEqual(
        given.map((mail) => mail.toString('latin1')).sort(),
      )
      const resolver = async (name: string): Promise<string[][]> => {
        const answer = await service.resolver.txt(name)
        return answer.type === 'found' ? answer.records.map((record) => [record]) : []
      }
      for (const mail of received) {
        const { results } = await dkimVerify(mail, { resolver, minBitLength: 1_024 })
        expect(results.map(({ status }) => status.result)).toEqual(['pass'])
      }
    },
  )
})
