import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { type HeadersFor, smtp } from '@mailwright/adapters/transport/smtp'
import type { EventSourceUnderTest } from '@mailwright/conformance'
import { createMailService } from '@mailwright/core'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import { describe, expect, it } from 'vitest'
import { createMailgun } from './event-sources/mailgun.js'
import { createPostmark } from './event-sources/postmark.js'
import { createSendgrid } from './event-sources/sendgrid.js'
import { createSes } from './event-sources/ses.js'
import { ann, bob, now } from './event-sources/values.js'
import { receivingServer } from './receiving-server.js'

const DOMAIN = 'mail.shop.example'

/** The header block of a mail, in order, unfolded. */
const headersOf = (content: Uint8Array): readonly (readonly [string, string])[] => {
  const [block = ''] = Buffer.from(content).toString('latin1').split('\r\n\r\n')
  return block
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
}

/** A regular mail to two people through a real SMTP server that stands for the provider's relay. */
async function twoMails({ source }: EventSourceUnderTest, headersFor: HeadersFor) {
  const server = await receivingServer()
  const mail = await createMailService({
    storage: memoryStorage(),
    transport: smtp({ url: `smtp://127.0.0.1:${server.port}`, headersFor }),
    clock: steppedClock(now),
    secret: 'a secret only for the tests',
    dns: { dkim: 'ours' },
    eventSources: { [source.name]: source },
  })
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: `hello@${DOMAIN}` }],
    templates: [{ name: 'news', subject: 'News', html: '<p>News</p>' }],
  })
  await mail.sendRegular({ from: `hello@${DOMAIN}`, to: [ann, bob], template: 'news' })
  await mail.tick()
  const received = server.received.map(({ envelope, content }) => {
    const headers = headersOf(content)
    const one = (name: string) => headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? ''
    return { recipient: envelope?.to[0] ?? '', content, headers, messageId: one('message-id') }
  })
  /** The recipients, once for each thing that this provider is recorded to have said about their mail. */
  const toldOf = async () => {
    const { items } = await mail.deliveries.messages()
    const timelines = await Promise.all(items.map(({ id }) => mail.deliveries.timeline(id)))
    return items.flatMap(({ recipient }, index) =>
      (timelines[index] ?? []).filter(({ detail }) => detail?.source === source.name).map(() => recipient),
    )
  }
  const close = async () => {
    await mail.stop()
    await server.close()
  }
  return { mail, received, toldOf, close }
}

const providers = [
  ['SendGrid', createSendgrid],
  ['Mailgun', createMailgun],
  ['Postmark', createPostmark],
  ['Amazon SES', createSes],
] as const

describe('mail through the SMTP relay of a provider', () => {
  it.each(providers)(
    'DLV-5, REG-2, T32: an event of %s, replayed too, finds the one transaction of a regular mail to two',
    async (_, create) => {
      const made = await create()
      const { relay, source } = made
      if (!relay) throw new Error('no relay')
      const { mail, received, toldOf, close } = await twoMails(made, relay.headersFor)
      expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(1)
      const second = received.find(({ recipient }) => recipient === bob)
      if (!second) throw new Error('no second mail')
      const request = relay.tells({
        headers: Object.fromEntries(second.headers),
        messageId: second.messageId,
        recipient: bob,
      })
      const { events } = await mail.ingest.provider(source.name, request)
      expect(events).toMatchObject([{ type: 'delivered', recipient: bob, outcome: 'stored' }])
      await mail.tick()
      for (const _ of [1, 2]) {
        await mail.ingest.provider(source.name, request)
        await mail.tick()
      }
      expect(await toldOf()).toEqual([bob])
      await close()
    },
  )

  it.each(providers)('DOM-8: the header for %s stands before the signature, which holds', async (_, create) => {
    const made = await create()
    const headersFor = made.relay?.headersFor ?? (() => ({}))
    const { mail, received, close } = await twoMails(made, headersFor)
    const { rows } = await mail.domains.get(DOMAIN)
    const resolver = async (name: string): Promise<string[][]> =>
      rows.filter((row) => row.name === name).map(({ expected }) => [expected])
    expect(received).toHaveLength(2)
    for (const { content, headers } of received) {
      const [name = ''] = Object.keys(headersFor(''))
      expect(headers.slice(0, 2).map(([given]) => given)).toEqual([name, 'DKIM-Signature'])
      const { results } = await dkimVerify(Buffer.from(content), { resolver, minBitLength: 1_024 })
      expect(results.map(({ status }) => status.result)).toEqual(['pass'])
    }
    await close()
  })
})
