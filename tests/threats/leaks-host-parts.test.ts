import { answered, captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import type { LogEvent, MailServiceOptions } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { settle } from '../e2e/a-service.js'
import { HOOK } from '../e2e/callbacks-told.js'
import { blabs } from './blab.js'
import { hits, secrets } from './canaries.js'
import { aCanaryService, sendAndSettle, tokensIn } from './canary-mails.js'
import { aWitness, watchStreams } from './witness.js'

watchStreams()

type Blab = (...given: readonly unknown[]) => unknown
const queue = { name: 'blab', capabilities: { durable: false, shared: true } }
const consumer = { stop: async () => undefined }

/** Parts of a host that throw what they were given, and what is logged of it. */
const parts: readonly (readonly [LogEvent, (blab: Blab) => Partial<MailServiceOptions>])[] = [
  [
    'transport-threw',
    (blab) => ({ transport: captureTransport({ answer: (...given) => Promise.reject(blab(given)) }) }),
  ],
  [
    'limiter-failed',
    (blab) => ({
      policy: { accountPerSecond: 5 },
      limiter: {
        name: 'blab',
        capabilities: { shared: false },
        take: (given) => Promise.reject(blab(given)),
        close: async () => undefined,
      },
    }),
  ],
  ['review-failed', (blab) => ({ review: (given) => Promise.reject(blab(given)) })],
  [
    'ring-lost',
    (blab) => ({
      queue: {
        ...queue,
        publish: (given) => Promise.reject(blab(given)),
        consume: async () => consumer,
        inspect: async () => [],
        close: async () => undefined,
      },
    }),
  ],
  [
    'queue-finding',
    (blab) => ({
      queue: {
        ...queue,
        publish: async () => undefined,
        consume: async () => consumer,
        inspect: () => Promise.reject(blab()),
        close: async () => undefined,
      },
    }),
  ],
]

const thrown = Object.entries(blabs)

describe('what is heard of a part of the host that throws', () => {
  it.each([
    ...parts.map(([event, options], at) => ({ event, options, blab: thrown[at % thrown.length] })),
    ...thrown.map((blab) => ({ event: 'transport-threw', options: parts[0]?.[1], blab })),
  ])('T23: $event of $blab.0', async ({ event, options, blab }) => {
    const witness = aWitness()
    const service = await aCanaryService(witness, options?.(blab?.[1] ?? (() => null)))
    if (event === 'queue-finding') await service.mail.start()
    await sendAndSettle(service, witness)
    expect(witness.events).toContain(event)
    await service.mail.stop({ drainMs: 100 })
    expect(hits(witness.text())).toEqual([])
  })

  it.each(thrown)('T23: listener-threw and callback-client-threw of %s', async (_, blab) => {
    const witness = aWitness()
    const callbackClient = captureCallbackClient({
      answer: (request) => {
        if (request.body.includes('"event":"ping"')) return answered(204)
        throw blab(request)
      },
    })
    const service = await aCanaryService(witness, { callbackClient })
    const { mail, clock, transport } = service
    await mail.callbacks.setAccount({ url: HOOK, secret: secrets.callbackSecret })
    for (const type of ['delivered', 'bounced', 'deferred'] as const)
      mail.on(type, (event) => {
        throw blab(event)
      })
    await sendAndSettle(service, witness)
    await settle(service, clock.now() + 3_600_000)
    expect(witness.events).toEqual(expect.arrayContaining(['listener-threw', 'callback-client-threw']))
    await mail.stop({ drainMs: 100 })
    expect(hits(witness.text(), tokensIn(transport.messages.map(({ content }) => content)))).toEqual([])
  })
})
