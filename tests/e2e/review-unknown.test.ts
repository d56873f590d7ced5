import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { MailError, type Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, refused, START, settle, statesOf, welcome } from './a-service.js'

const claimOf = (now: number) => ({
  kinds: ['send'],
  now,
  leaseUntil: now + 60_000,
  expiredBefore: now,
  token: 'dead',
  limit: 10,
  exceptLanes: [],
})

describe("with onUnknown 'stop'", () => {
  it('REL-2: a mail that was claimed and never started is attempted', async () => {
    const inner = memoryStorage()
    let away = false
    const storage: Storage = {
      ...inner,
      read: {
        ...inner.read,
        messages: async (ids) => {
          if (away) throw new MailError('STORAGE_UNAVAILABLE', { adapter: 'memory' })
          return inner.read.messages(ids)
        },
      },
    }
    const service = await aService({ storage, policy: { onUnknown: 'stop' } })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    away = true
    await service.mail.tick()
    away = false
    await settle(service, START + 120_000)
    expect(await statesOf(service)).toEqual({ 'ann@office.example': 'delivered' })
  })

  it('REL-2: a mail that may have left is not sent again after it was put off for its provider', async () => {
    const storage = memoryStorage()
    let asked = 0
    const service = await aService({
      storage,
      policy: { onUnknown: 'stop' },
      answer: () => {
        asked += 1
        return asked === 1 ? refused(421, '4.7.0', 'slow down') : accepted
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    // Another process has claimed it, handed it over, and died.
    const now = service.clock.now()
    const [{ id } = { id: '' }] = await storage.claim(claimOf(now))
    const started = {
      type: 'work.advance',
      id,
      token: 'dead',
      startedThrough: 1,
      leaseUntil: now + 60_000,
      watch: [],
    } as const
    await storage.apply([{ guards: [{ type: 'holder', work: id, token: 'dead' }], changes: [started] }])
    await service.clock.stepBy(64_000)
    await service.mail.send({ ...welcome, to: 'bob@office.example' })
    await service.mail.tick()
    await settle(service, START + 3_600_000)
    expect(service.transport.messages.map(({ envelope }) => envelope.to[0])).toEqual(['bob@office.example'])
  })
})
