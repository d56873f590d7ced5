import { answered } from '@mailwright/adapters/callback/capture'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Storage } from '@mailwright/core'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aTask, SENDER, START, settle, welcome } from './a-service.js'
import { aTellingService, HOOK, type TellingService } from './callbacks-told.js'

const HOUR = 3_600_000
const OWN = `whsec_${Buffer.alloc(32, 9).toString('base64')}`

afterEach(() => void vi.useRealTimers())

/** Which of the secrets verify the last thing posted, by the published library and at the time it was posted. */
function verifying({ callbacks, clock }: TellingService, secrets: readonly (string | null)[]): readonly boolean[] {
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
  const { request } = callbacks.posted.at(-1) ?? {}
  return secrets.map((secret) => {
    try {
      new Webhook(secret ?? '').verify(request?.body ?? '', { ...request?.headers })
      return true
    } catch {
      return false
    }
  })
}

/** Everything that is ever written, as text. */
function recorded(storage: Storage): { readonly storage: Storage; readonly written: string[] } {
  const written: string[] = []
  const apply: Storage['apply'] = (bundles, options) => {
    written.push(JSON.stringify(bundles))
    return storage.apply(bundles, options)
  }
  return { written, storage: Object.assign(Object.create(storage), { apply }) }
}

describe('the secret of a callback', () => {
  it('CBK-3, T9: is shown once, signs ping and events, and overlaps with the next one', async () => {
    const service = await aTellingService()
    const { mail, clock } = service
    const { id, secret: first } = await mail.callbacks.setAccount({ url: HOOK })
    expect(verifying(service, [first, OWN])).toEqual([true, false])
    expect((await mail.callbacks.setAccount({ url: HOOK })).secret).toBeNull()
    expect(JSON.stringify(await mail.callbacks.list())).not.toContain('whsec_')
    const tell = async () => {
      await mail.send({ ...welcome, to: 'ann@office.example' })
      await settle(service)
    }
    await tell()
    expect(verifying(service, [first, OWN])).toEqual([true, false])
    const { secret: second, secrets } = await mail.callbacks.rotateSecret({ id })
    expect(secrets).toBe(2)
    await tell()
    expect(verifying(service, [first, second])).toEqual([true, true])
    await clock.stepBy(24 * HOUR)
    await tell()
    expect(verifying(service, [first, second])).toEqual([false, true])
    await mail.callbacks.rotateSecret({ id, secret: OWN, overlapHours: 0 })
    await tell()
    expect(verifying(service, [second, OWN])).toEqual([false, true])
  })

  it('CBK-3: of one’s own lets a receiver check the very first ping', async () => {
    const service = await aTellingService({ ping: () => answered(204) })
    expect(await service.mail.callbacks.setSender({ sender: SENDER, url: HOOK, secret: OWN })).toMatchObject({
      secret: OWN,
    })
    expect(verifying(service, [OWN])).toEqual([true])
  })

  it('CBK-3: is sealed at rest, also in what is kept for repeated calls', async () => {
    const { storage, written } = recorded(memoryStorage())
    const service = await aTellingService({ storage })
    const { callbacks } = service.mail
    const { id, secret: first } = await callbacks.setAccount({ url: HOOK, idempotencyKey: 'k' })
    expect((await callbacks.setAccount({ url: HOOK, idempotencyKey: 'k' })).secret).toBe(first)
    const { secret: second } = await callbacks.rotateSecret({ id, idempotencyKey: 'k' })
    await callbacks.rotateSecret({ id, secret: OWN })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    expect(written.length).toBeGreaterThan(5)
    for (const secret of [first, second, OWN]) {
      const plain = (secret ?? '').slice('whsec_'.length)
      expect(written.filter((text) => text.includes(plain))).toEqual([])
    }
  })
})

describe('without any callback', () => {
  it('CBK-1: costs one small question a second and one per account, whatever the number of mails', async () => {
    const asked = { callbackRecords: 0, callbackEpochs: 0 }
    const storage = memoryStorage()
    const counting: Storage = Object.assign(Object.create(storage), {
      read: Object.assign(Object.create(storage.read), {
        records: (filter: Parameters<Storage['read']['records']>[0]) => {
          if (filter.kind === 'callback' && filter.account) asked.callbackRecords += 1
          return storage.read.records(filter)
        },
        epochs: (keys: readonly string[]) => {
          if (keys.includes('callbacks')) asked.callbackEpochs += 1
          return storage.read.epochs(keys)
        },
      }),
    })
    const service = await aTellingService({ storage: counting, policy: { startLevel: 20 } })
    await aTask(service, 5_000)
    for (let at = 0; at < 50; at += 1) await service.mail.send({ ...welcome, to: `a${at}@office.example` })
    await settle(service)
    expect(service.transport.count).toBe(5_050)
    expect(asked).toEqual({ callbackRecords: 1, callbackEpochs: 1 })
    for (let second = 1; second <= 3; second += 1) {
      await service.clock.stepTo(START + second * 1_000)
      await service.mail.send({ ...welcome, to: `b${second}@office.example` })
      await settle(service)
    }
    expect(asked).toEqual({ callbackRecords: 1, callbackEpochs: 4 })
  })
})
