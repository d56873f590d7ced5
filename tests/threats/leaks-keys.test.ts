import { answered, captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { createMailService, type Storage, type StoredRecord } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { dkimSealContext } from '../../packages/core/src/use-cases/domains/sealed-keys.js'
import { createSecretBox } from '../../packages/core/src/use-cases/secret-box.js'
import { DAY, liveUntil, settle } from '../e2e/a-service.js'
import { HOOK } from '../e2e/callbacks-told.js'
import { contents, hits, secrets } from './canaries.js'
import { aCanaryService, sendAll, sendAndSettle } from './canary-mails.js'
import { aWitness, watchStreams } from './witness.js'

watchStreams()

const callbackClient = captureCallbackClient({ answer: () => answered(204) })

interface KeyOfDomain {
  readonly selector: string
  readonly sealed: string
}

/** The lines of the private keys of all domains, as they would stand in a PEM; their DER begins at the second. */
async function privateKeysIn(storage: Storage): Promise<readonly string[]> {
  const { items } = await storage.read.records({ kind: 'domain', account: 'default', order: 'newest', limit: 10 })
  const box = createSecretBox(secrets.serviceSecret)
  return items.flatMap(({ id, data }) =>
    (data.keys as unknown as readonly KeyOfDomain[]).flatMap(({ selector, sealed }) =>
      box
        .open(sealed, dkimSealContext('default', id, selector))
        .split('\n')
        .slice(1, -2)
        .filter((line) => line.length > 40),
    ),
  )
}

describe('what is heard of keys', () => {
  it('T23: mail-not-signed, key-unreadable and secret-unreadable tell which, and nothing of what they sealed', async () => {
    const storage = memoryStorage()
    const before = aWitness()
    const first = await aCanaryService(before, { dns: { dkim: 'ours' }, callbackClient }, { storage })
    await first.mail.callbacks.setAccount({ url: HOOK, secret: secrets.callbackSecret })
    await sendAndSettle(first, before)
    const keys = await privateKeysIn(storage)
    expect(keys.length).toBeGreaterThan(15)
    const witness = aWitness()
    const secret = 'another secret of the host'
    const dns = { dkim: 'ours' } as const
    const { logger, metrics } = witness
    const { clock, transport } = first
    const mail = await createMailService({ storage, transport, clock, secret, dns, logger, metrics, callbackClient })
    await mail.statistics.settings.setAccount({ opens: false, clicks: false })
    const second = { ...first, mail }
    await sendAll(second, witness)
    await settle(second)
    await liveUntil(second, clock.now() + 2 * DAY, 6 * 3_600_000)
    witness.note(await mail.doctor())
    expect(witness.events).toEqual(expect.arrayContaining(['mail-not-signed', 'key-unreadable', 'secret-unreadable']))
    expect(hits(`${before.text()}\n${witness.text()}`, [...keys, 'BEGIN PRIVATE KEY'])).toEqual([])
  })

  it('T23: record-unreadable and work-parked tell which, and nothing of what stands there', async () => {
    const inner = memoryStorage()
    const damage = `no JSON: ${Object.values({ ...contents, ...secrets }).join(' ')}`
    let damaged: (record: StoredRecord) => boolean = () => false
    const record: Storage['read']['record'] = async (question) => {
      const found = await inner.read.record(question)
      return found && damaged(found) ? { ...found, damage } : found
    }
    const storage: Storage = { ...inner, read: { ...inner.read, record } }
    const witness = aWitness()
    const service = await aCanaryService(witness, { callbackClient }, { storage })
    await sendAll(service, witness)
    damaged = ({ kind }) => kind === 'request' || kind === 'template-version'
    await settle(service)
    await sendAll(service, witness)
    expect(witness.events).toEqual(expect.arrayContaining(['record-unreadable', 'work-failed', 'work-parked']))
    expect(hits(witness.text())).toEqual([])
  })
})
