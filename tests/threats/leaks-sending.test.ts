import { fromNodemailer } from '@mailwright/adapters/transport/nodemailer'
import { smtp } from '@mailwright/adapters/transport/smtp'
import type { Transport } from '@mailwright/core'
import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import type { Service } from '../e2e/a-service.js'
import { contents, hits, secretHits, secrets } from './canaries.js'
import { aCanaryService, sendAndSettle, tokensIn } from './canary-mails.js'
import { type EchoAt, echoServer } from './echo-server.js'
import { aWitness, watchStreams } from './witness.js'

watchStreams()
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function anEchoServer(at: EchoAt) {
  const echo = await echoServer(at)
  closers.push(() => echo.server.close())
  return echo
}

const urlOf = (port: number) => `smtp://shop:${encodeURIComponent(secrets.smtpPassword)}@127.0.0.1:${port}`
const overNodemailer = (port: number) =>
  fromNodemailer(
    createTransport({ host: '127.0.0.1', port, ignoreTLS: true, auth: { user: 'shop', pass: secrets.smtpPassword } }),
    { closeTransporter: true },
  )
/** What its owner reads of an account's mails. */
async function shownOf({ mail }: Service): Promise<readonly unknown[]> {
  const { items } = await mail.deliveries.messages({ limit: 100 })
  const timelines = await Promise.all(items.map(({ id }) => mail.deliveries.timeline(id)))
  return [
    items,
    timelines,
    await mail.deliveries.bounces(),
    await mail.tasks.list(),
    await mail.doctor(),
    await mail.health(),
  ]
}

const steps: readonly EchoAt[] = [
  'nowhere',
  'greeting',
  'EHLO',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'dot',
  'dot, for now',
  'hang up',
]
const transports: Readonly<Record<string, readonly [open: (port: number) => Transport, steps: readonly EchoAt[]]>> = {
  smtp: [(port) => smtp({ url: urlOf(port) }), steps],
  'smtp with a token': [
    (port) => smtp({ url: urlOf(port), accessToken: async () => secrets.accessToken }),
    ['AUTH', 'dot'],
  ],
  nodemailer: [overNodemailer, ['nowhere', 'EHLO', 'AUTH', 'RCPT', 'dot', 'hang up']],
}

describe('what is heard of a mail on its way', () => {
  for (const [name, [open, of]] of Object.entries(transports))
    it.each(of)(`T23: by ${name}, of a server that repeats what it was told: %s`, async (step) => {
      const { server, refused } = await anEchoServer(step)
      const witness = aWitness()
      const service = await aCanaryService(witness, { transport: open(server.port) })
      await sendAndSettle(service, witness)
      const tokens = tokensIn(server.pieces.flat())
      // The flow was what it says: the server has heard the canaries, and of those that go so far the mails.
      const reached = !['greeting', 'EHLO', 'AUTH', 'MAIL'].includes(step)
      expect(refused()).toBe(step !== 'nowhere' && step !== 'hang up')
      if (reached) expect(server.pieces.flat().join('')).toContain(contents.recipient)
      if (step === 'nowhere') expect(tokens.length).toBeGreaterThan(5)
      // What an operator and an account are shown may hold contents, and no secret.
      expect(secretHits(JSON.stringify(await shownOf(service)))).toEqual([])
      await service.mail.stop({ drainMs: 100 })
      expect(hits(witness.text(), tokens)).toEqual([])
    })
})
