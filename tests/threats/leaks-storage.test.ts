import { setTimeout as pause } from 'node:timers/promises'
import { answered, captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import type { LogEvent } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aDsn } from '../e2e/a-notice.js'
import { accepted, liveUntil, SENDER, type Service, settle } from '../e2e/a-service.js'
import { HOOK } from '../e2e/callbacks-told.js'
import { blabs } from './blab.js'
import { contents, hits, secrets } from './canaries.js'
import { aCanaryService, personOf, sendAndSettle, tokensIn } from './canary-mails.js'
import { type FaultyStorage, faultyStorage } from './faulty-storage.js'
import { aWitness, type Witness, watchStreams } from './witness.js'

watchStreams()

interface World {
  readonly service: Service
  readonly faults: FaultyStorage
  readonly when: { sent: () => void; posted: () => void }
}
const ignored = () => undefined
const aMail = { from: SENDER, to: personOf('hidden'), subject: contents.subject, text: contents.body }

/** Statements that fail in the middle of something, and what is logged of it. Only what the caller himself was thrown is not looked at: it is the adapter's own. */
const failures: readonly (readonly [LogEvent, (world: World) => Promise<unknown>])[] = [
  [
    'flush-failed',
    async ({ service, faults }) => {
      await service.mail.send(aMail)
      faults.fail('apply', '"settle"')
      await settle(service)
    },
  ],
  [
    'storage-away',
    async ({ service: { mail }, faults }) => {
      faults.fail('claim', '', Number.POSITIVE_INFINITY)
      await mail.start()
      await pause(30)
      faults.mend()
    },
  ],
  [
    'work-failed',
    async ({ service, faults }) => {
      await service.mail.send(aMail)
      faults.fail('record', '', 10)
      await settle(service)
    },
  ],
  [
    'visits-not-stored',
    async ({ service: { mail, transport }, faults }) => {
      faults.fail('apply')
      for (const token of tokensIn(transport.messages.map(({ content }) => content)))
        await mail.tracking.open(token, { method: 'GET', userAgent: contents.name, purpose: null }).catch(ignored)
      await pause(150)
    },
  ],
  [
    'api-key-use-not-noted',
    async ({ service: { mail }, faults }) => {
      const { key } = await mail.apiKeys.create({ name: contents.name, role: 'admin' })
      faults.fail('apply')
      await mail.authenticate(key)
      await mail.authenticate(secrets.wrongKey)
    },
  ],
  [
    'import-not-taken-back',
    async ({ service: { mail }, faults }) => {
      faults.fail('apply', 'recipients', Number.POSITIVE_INFINITY)
      await mail.groups.importCsv('canaries', `email,name\n${personOf('hidden')},${contents.cell}\n`).catch(ignored)
      faults.mend()
    },
  ],
  [
    'refusals-not-counted',
    async ({ service: { mail }, faults }) => {
      await mail.blocklist.custom.add({ addresses: [aMail.to] })
      faults.fail('apply', '"count"')
      await mail.send(aMail).catch(ignored)
    },
  ],
  [
    'notice-not-counted',
    async ({ service: { mail }, faults }) => {
      faults.fail('apply')
      await mail.ingest.mail(
        aDsn(personOf('copied'), { recipient: aMail.to, diagnostic: `smtp; 550 ${contents.body}` }),
      )
    },
  ],
  [
    'drain-watch-failed',
    async ({ service: { mail, clock }, faults }) => {
      await clock.stepBy(60_000)
      faults.fail('epochs')
      await mail.send(aMail)
      await pause(1)
    },
  ],
  [
    'chore-failed',
    async ({ service, faults }) => {
      faults.fail('apply', '"purge"')
      await liveUntil(service, service.clock.now() + 30 * 3_600_000)
    },
  ],
  [
    'attempts-not-logged',
    async ({ service, faults }) => {
      faults.fail('apply', '"callback-attempts"')
      await service.mail.send(aMail)
      await settle(service)
    },
  ],
  [
    'callback-row-waits',
    async ({ service, faults, when }) => {
      when.posted = () => faults.fail('apply', '"work.finish"')
      await service.mail.send(aMail)
      await settle(service)
    },
  ],
  [
    'callback-unreadable',
    async ({ service, faults, when }) => {
      when.sent = () => faults.fail('record', '"request"')
      await service.mail.send(aMail)
      await settle(service)
    },
  ],
]

/** A service on that storage, with a callback; the test may do something when a mail or a callback leaves. */
async function aWorld(witness: Witness, faults: FaultyStorage): Promise<World> {
  const when: World['when'] = { sent: ignored, posted: ignored }
  const transport = captureTransport({
    answer: () => {
      when.sent()
      return accepted
    },
  })
  const callbackClient = captureCallbackClient({
    answer: () => {
      when.posted()
      return answered(204)
    },
  })
  const made = await aCanaryService(witness, { transport, callbackClient }, { storage: faults.storage })
  const service = { ...made, transport }
  await service.mail.callbacks.setAccount({ url: HOOK, secret: secrets.callbackSecret })
  await sendAndSettle(service, witness)
  return { service, faults, when }
}

describe('what is heard of a storage that fails', () => {
  const thrown = Object.entries(blabs)
  it.each(failures.map(([event, act], at) => ({ event, act, at })))('T23: $event', async ({ event, act, at }) => {
    const [, blab] = thrown[at % thrown.length] ?? []
    const witness = aWitness()
    const world = await aWorld(witness, faultyStorage(blab ?? (() => null)))
    await act(world)
    await world.service.mail.stop({ drainMs: 100 })
    expect(witness.events).toContain(event)
    expect(hits(witness.text())).toEqual([])
  })
})
