import { captureTransport } from '@mailwright/adapters/transport/capture'
import type { SourceRoute, TransportCapabilities } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { routeTransport } from './index.js'

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

  it('DIP-3: leaves mail unreached whose address it cannot send from, and never sends it from another', async () => {
    const { pool, east, transport } = aRouter({ sourceAddress: false })
    for (const route of [ofRelay('west'), ofRelay('constructor'), own]) {
      const { recipients } = await transport.send(mail(route), never)
      expect(recipients.map(({ type }) => type)).toEqual(['unreached', 'unreached'])
    }
    expect([pool.count, east.count]).toEqual([0, 0])
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
