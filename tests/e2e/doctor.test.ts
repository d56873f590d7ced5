import { answered } from '@mailwright/adapters/callback/capture'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { inProcessQueue } from '@mailwright/adapters/queue/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailServiceOptions } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, welcome } from './a-service.js'
import { aTellingService, HOOK, refusedConnection } from './callbacks-told.js'

const secret = 'a secret only for the tests'
const codesOf = async ({ mail }: { readonly mail: Awaited<ReturnType<typeof createMailService>> }) =>
  (await mail.doctor()).map(({ code }) => code)

const aHost = async (options: Partial<MailServiceOptions>) => {
  const mail = await createMailService({ storage: memoryStorage(), transport: captureTransport(), secret, ...options })
  return { mail }
}

describe('doctor', () => {
  it('HOST-2: says of each finding what to do, errors first', async () => {
    const service = await aService({
      answer: () => ({ type: 'unreached', stage: 'connect', cause: 'ECONNREFUSED' }),
    })
    await service.mail.send({ ...welcome, to: 'ann@example.org' })
    await service.mail.tick()
    const findings = await service.mail.doctor()
    expect(findings[0]).toMatchObject({ level: 'error', code: 'TRANSPORT_DOWN' })
    for (const { fix, message } of findings) expect([fix.length > 10, message.length > 10]).toEqual([true, true])
    expect(findings.map(({ level }) => level)).toEqual([...findings.map(({ level }) => level)].sort())
  })

  it.each<[string, Partial<MailServiceOptions>]>([
    ['NO_PUBLIC_URL', {}],
    ['STORAGE_NOT_DURABLE', {}],
    ['STORAGE_NOT_SHARED', { queue: inProcessQueue() }],
    ['MAIL_KEPT_BACK', { dev: true }],
    ['MAIL_KEPT_BACK', { redirectAllTo: 'team@shop.example' }],
    ['CLOCK_SKEW', { storage: { ...memoryStorage(), time: async () => Date.now() + 60_000 } }],
    [
      'CHECK_FAILED',
      {
        storage: {
          ...memoryStorage(),
          read: { ...memoryStorage().read, nextDue: () => Promise.reject(new Error('away')) },
        },
      },
    ],
  ])('HOST-2: finds %s', async (code, options) => {
    expect(await codesOf(await aHost(options))).toContain(code)
  })

  it('HOST-2: is content with what is right', async () => {
    const storage = memoryStorage()
    const host = await aHost({
      storage: { ...storage, capabilities: { ...storage.capabilities, durable: true } },
      dns: { dkim: 'transport' },
      publicUrl: 'https://app.example/mail',
    })
    expect(await codesOf(host)).toEqual([])
  })

  it('HOST-2: finds that nobody drains, and that upkeep is late', async () => {
    const service = await aService({ more: { worker: false } })
    await service.mail.people.erase('ann@example.org')
    await service.mail.send({ ...welcome, to: 'ann@example.org' })
    await service.mail.doctor()
    await service.clock.stepBy(25 * 3_600_000)
    expect(await codesOf(service)).toEqual(expect.arrayContaining(['NO_WORKER', 'UPKEEP_LATE']))
  })

  it('TSK-6: a zone that does not exist is refused when the service is made', async () => {
    await expect(aHost({ policy: { timeZone: 'Mars/Olympus' } })).rejects.toMatchObject({
      code: 'OPTIONS_INVALID',
      details: { field: 'policy.timeZone' },
    })
  })

  it('DOM-9: finds a verified domain whose records have gone, and one that cannot be looked up', async () => {
    const resolver = fixedDns()
    const { mail } = await aService({ more: { resolver } })
    const { id, rows } = await mail.domains.create({ name: 'news.shop.example' })
    for (const { type, name, expected } of rows) if (type === 'TXT') resolver.set(name, { txt: [expected] })
    expect((await mail.domains.verify(id)).state).toBe('verified')
    expect(await codesOf({ mail })).not.toContain('DNS_DRIFT')
    resolver.remove('_dmarc.news.shop.example')
    expect(await mail.doctor()).toContainEqual(
      expect.objectContaining({
        code: 'DNS_DRIFT',
        details: { account: 'default', rows: [expect.objectContaining({ purpose: 'dmarc', status: 'missing' })] },
      }),
    )
    for (const { name } of rows) resolver.fail(name)
    expect(await codesOf({ mail })).toContain('DNS_UNREACHABLE')
  })

  it('CBK-2: proves the loop of every callback by a ping, and says which does not answer', async () => {
    let up = true
    const { mail } = await aTellingService({ ping: () => (up ? answered(204) : refusedConnection) })
    await mail.callbacks.setAccount({ url: HOOK })
    expect(await codesOf({ mail })).not.toContain('CALLBACK_UNREACHABLE')
    up = false
    expect(await mail.doctor()).toContainEqual(
      expect.objectContaining({ code: 'CALLBACK_UNREACHABLE', message: expect.stringContaining('ECONNREFUSED') }),
    )
  })
})
