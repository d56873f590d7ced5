import { captureTransport } from '@mailwright/adapters/transport/capture'
import type { RecipientOutcome, SourceRoute, TransportCapabilities } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { routeTransport } from './index.js'

const accepted: RecipientOutcome = { type: 'accepted', remoteId: null, reply: null }
const never = new AbortController().signal
const mail = (route: SourceRoute | null) => ({
  id: 'm1',
  route,
  envelope: { from: 'bounce@mail.example', to: ['ann@example.org', 'bob@example.org'] },
  content: Buffer.from('Subject: Hello\r\n\r\nBody\r\n'),
})
const own = { ip: '192.0.2.1', ehlo: 'one.mail.example', relay: null }
const ofRelay = (relay: string): SourceRoute => ({ ip: '192.0.2.2', ehlo: 'two.mail.example', relay })

const aRouter = (shared: Partial<TransportCapabilities> = {}, relay: Partial<TransportCapabilities> = {}) => {
  const pool = captureTransport({ capabilities: { concurrency: 20, direct: true, ...shared } })
  const east = captureTransport({ capabilities: { concurrency: 5, maxBytes: 1_000, smtpUtf8: false, ...relay } })
  return { pool, east, transport: routeTransport({ default: pool, relays: { east } }) }
}

describe('a transport made of several', () => {
  it('DIP-3: sends mail of a relay’s address through that relay, everything else through the default', async () => {
    const { pool, east, transport } = aRouter({}, { sourceAddress: false })
    await transport.send(mail(null), never)
    await transport.send(mail(own), never)
    await transport.send(mail(ofRelay('east')), never)
    expect(pool.messages.map(({ route }) => route)).toEqual([null, own])
    expect(east.messages.map(({ route }) => route)).toEqual([null])
  })

  it('DIP-3: tells a relay that can bind addresses which one it is', async () => {
    const { east, transport } = aRouter()
    await transport.send(mail(ofRelay('east')), never)
    expect(east.messages.map(({ route }) => route)).toEqual([{ ...ofRelay('east'), relay: null }])
  })

  it('DIP-3: holds mail whose address it cannot send from, and never sends it from another', async () => {
    const { pool, east, transport } = aRouter({ sourceAddress: false })
    for (const route of [ofRelay('west'), ofRelay('constructor'), own]) {
      const { recipients } = await transport.send(mail(route), never)
      expect(recipients.map(({ type }) => type)).toEqual(['held', 'held'])
    }
    expect([pool.count, east.count]).toEqual([0, 0])
  })

  it('REL-1: a relay that is down, or refuses our login, holds its own mail and leaves the others alone', async () => {
    const down: RecipientOutcome = { type: 'unreached', stage: 'connect', cause: 'ECONNREFUSED' }
    const login: RecipientOutcome = {
      type: 'refused',
      reply: { code: 530, enhanced: '5.7.0', text: '5.7.0 log in first' },
    }
    for (const trouble of [down, login]) {
      let asked = 0
      const east = captureTransport({
        answer: () => {
          asked += 1
          return trouble
        },
      })
      const pool = captureTransport({ capabilities: { direct: true } })
      const events: unknown[] = []
      const logger = { log: (...said: readonly unknown[]) => void events.push(said[1]) }
      const transport = routeTransport({ default: pool, relays: { east }, logger })
      for (let time = 0; time < 3; time += 1) {
        const [outcome] = (await transport.send(mail(ofRelay('east')), never)).recipients
        expect(outcome).toMatchObject({ type: 'held', cause: expect.stringContaining('relay east') })
        const seconds = outcome?.type === 'held' ? outcome.forMs / 1_000 : 0
        expect([seconds > 0, seconds <= 15]).toEqual([true, true])
      }
      const [other] = (await transport.send(mail(null), never)).recipients
      expect([other?.type, asked, events]).toEqual(['accepted', 2, ['relay-unreached']])
    }
  })

  it('REL-2: what a relay says of a mail stays as it is, and so does its default’s trouble', async () => {
    const said: RecipientOutcome[] = [
      { type: 'unknown', cause: 'ECONNRESET' },
      { type: 'unreached', stage: 'data', cause: 'ECONNRESET' },
    ]
    const east = captureTransport({ answer: (_, to) => said[to.startsWith('ann') ? 0 : 1] ?? accepted })
    const trouble: RecipientOutcome = { type: 'unreached', stage: 'connect', cause: 'ECONNREFUSED' }
    const transport = routeTransport({ default: captureTransport({ answer: () => trouble }), relays: { east } })
    expect((await transport.send(mail(ofRelay('east')), never)).recipients).toEqual(said)
    expect((await transport.send(mail(null), never)).recipients).toEqual([trouble, trouble])
  })

  it('promises what all of them can', () => {
    expect(aRouter().transport.capabilities).toEqual({
      concurrency: 25,
      maxBytes: 1_000,
      idempotent: false,
      smtpUtf8: false,
      sourceAddress: true,
      direct: true,
    })
    expect(() => routeTransport({ default: captureTransport(), relays: {} })).toThrowError(
      expect.objectContaining({ code: 'OPTIONS_INVALID' }),
    )
  })

  it('closes all of them', async () => {
    const { pool, east, transport } = aRouter()
    await transport.close()
    for (const one of [pool, east])
      await expect(one.send(mail(null), never)).rejects.toMatchObject({ code: 'SERVICE_STOPPED' })
  })
})
