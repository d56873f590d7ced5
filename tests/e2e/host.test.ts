import { createServer } from 'node:net'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { countingCalls } from '@mailwright/conformance'
import type { Storage } from '@mailwright/core'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, DOMAIN, SENDER, START, settle, statesOf, welcome } from './a-service.js'

const MINUTE = 60_000
const setUp = {
  domains: [{ name: DOMAIN, trust: 'operator' as const }],
  senders: [{ address: SENDER, name: 'Shop' }],
  templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
}

/** An SMTP receiver that knows one password. */
async function receiver(password: { value: string }) {
  const mails: string[] = []
  const server = new SMTPServer({
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    onAuth: (auth, _session, done) =>
      auth.password === password.value ? done(null, { user: auth.username }) : done(new Error('Invalid login')),
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        mails.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
      })
    },
  })
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return { mails, port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

describe('in the host', () => {
  it('HOST-1: ensure twice changes nothing, and a changed template gets one new version', async () => {
    const { mail, storage } = await aService()
    const shown = async () =>
      JSON.stringify([await mail.domains.list(), await mail.senders.list(), await mail.templates.list()])
    const before = await shown()
    await mail.ensure(setUp)
    const counting = countingCalls(storage, { except: ['close'] })
    const twin = await aService({ storage: counting.port })
    await Promise.all([mail.ensure(setUp), twin.mail.ensure(setUp), twin.mail.ensure(setUp)])
    expect(await shown()).toBe(before)
    const [template] = setUp.templates
    const changed = { ...setUp, templates: [{ ...template, name: 'welcome', html: '<p>Dear {{name}}</p>' }] }
    await mail.ensure(changed)
    await mail.ensure(changed)
    expect(await mail.templates.get('welcome')).toMatchObject({ version: { number: 2 }, html: '<p>Dear {{name}}</p>' })
    const subject = 'Welcome back, {{name}}'
    await mail.ensure({ templates: [{ ...template, name: 'welcome', html: '<p>Dear {{name}}</p>', subject }] })
    expect(await mail.templates.get('welcome')).toMatchObject({ version: { number: 3 }, subject })
  })

  it('HOST-2: without a worker nothing runs by itself; tick handles what is due and says when to come again', async () => {
    const service = await aService({
      more: { worker: false },
      answer: (_, to) =>
        to.startsWith('later') && service.clock.now() === START
          ? { type: 'refused', reply: { code: 451, enhanced: '4.3.0', text: 'later' } }
          : accepted,
    })
    const { mail, transport, clock } = service
    await mail.start()
    expect(await mail.health()).toMatchObject({ ok: true, worker: 'off' })
    await mail.send({ ...welcome, to: ['ann@office.example', 'later@office.example'] })
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(transport.count).toBe(0)
    const { handled, nextDueAt } = await mail.tick()
    expect(handled).toBeGreaterThanOrEqual(2)
    expect(transport.count).toBe(1)
    expect(nextDueAt).toBeGreaterThan(clock.now())
    await settle(service, START + 10 * MINUTE)
    expect(transport.count).toBe(2)
    expect(await mail.tick()).toEqual({ handled: 0, nextDueAt: null })
  })

  it('HOST-2: start sends by itself, stop drains what was begun and then refuses, and no signal handler is installed', async () => {
    const signals = () =>
      ['SIGINT', 'SIGTERM', 'SIGHUP', 'beforeExit', 'exit', 'uncaughtException'].map((name) =>
        process.listenerCount(name),
      )
    const before = signals()
    let begin: () => void = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    let release: () => void = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const service = await aService({
      answer: async () => {
        begin()
        await released
        return accepted
      },
    })
    const { mail } = service
    expect((await mail.health()).worker).toBe('off')
    await mail.start()
    await mail.start()
    expect(await mail.health()).toMatchObject({
      ok: true,
      storage: 'up',
      transport: null,
      worker: 'running',
      overdueMs: 0,
    })
    const delivered = new Promise<void>((resolve) => void mail.on('delivered', () => resolve()))
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await begun
    expect(signals()).toEqual(before)
    let stopped = false
    const stopping = mail.stop({ drainMs: 5_000 }).then(() => {
      stopped = true
    })
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    release()
    await stopping
    await delivered
    await mail.stop()
    for (const call of [() => mail.start(), () => mail.tick()])
      await expect(call()).rejects.toMatchObject({ code: 'SERVICE_STOPPED' })
    expect(service.problems).toEqual([])
  })

  it('HOST-2: with a storage that is away health says so, send throws, and the mail taken before goes out when it is back', async () => {
    let away = false
    const storage = memoryStorage()
    const flaky = new Proxy(storage, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member === 'function' && name !== 'close')
          return (...args: readonly unknown[]) =>
            away ? Promise.reject(new Error('ECONNREFUSED')) : Reflect.apply(member, target, args)
        if (name !== 'read') return member
        return new Proxy(storage.read, {
          get: (read, verb) => (away ? () => Promise.reject(new Error('ECONNREFUSED')) : Reflect.get(read, verb)),
        })
      },
    }) as Storage
    const service = await aService({ storage: flaky })
    const { mail, transport } = service
    await mail.send({ ...welcome, to: 'ann@office.example' })
    away = true
    expect(await mail.health()).toMatchObject({ ok: false, storage: 'down' })
    await expect(mail.send({ ...welcome, to: 'bob@office.example' })).rejects.toThrow()
    await expect(mail.tick()).rejects.toThrow()
    expect(transport.count).toBe(0)
    away = false
    expect(await mail.health()).toMatchObject({ ok: true, storage: 'up' })
    await settle(service, START + 2 * MINUTE)
    expect(await statesOf(service)).toEqual({ 'ann@office.example': 'delivered' })
  })

  it('REL-1: a wrong SMTP password bounces nobody, health says why, and the mail goes out once when it is right', async () => {
    const password = { value: 'right' }
    const { mails, port, close } = await receiver(password)
    const transport = smtp({ url: `smtp://user:wrong@127.0.0.1:${port}`, connections: 2 })
    const service = await aService({ more: { transport } })
    try {
      await aTask(service, 3)
      await service.mail.send({ ...welcome, to: 'ann@office.example' })
      await settle(service, START + 5 * MINUTE)
      expect(mails).toEqual([])
      const health = await service.mail.health()
      expect(health).toMatchObject({ ok: false, storage: 'up' })
      expect(health.transport).toMatch(/auth|login|535/i)
      expect(health.transport).not.toContain('wrong')
      expect(await service.mail.doctor()).toContainEqual(
        expect.objectContaining({ code: 'TRANSPORT_DOWN', level: 'error' }),
      )
      expect(new Set(Object.values(await statesOf(service)))).toEqual(new Set(['accepted']))
      password.value = 'wrong'
      await settle(service, START + 30 * MINUTE)
      expect(await statesOf(service)).toEqual({
        'ann@office.example': 'delivered',
        'readers0@readers.example': 'delivered',
        'readers1@readers.example': 'delivered',
        'readers2@readers.example': 'delivered',
      })
      expect([...mails].sort()).toEqual(['ann@office.example', ...[0, 1, 2].map((n) => `readers${n}@readers.example`)])
      expect(await service.mail.health()).toMatchObject({ ok: true, transport: null })
    } finally {
      await transport.close()
      await close()
    }
  })

  it('REL-1: with nobody listening at the relay nothing is lost or bounced', async () => {
    const port = await freePort()
    const transport = smtp({ url: `smtp://127.0.0.1:${port}`, connections: 2 })
    const service = await aService({ more: { transport } })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service, START + 5 * MINUTE)
    expect(await statesOf(service)).toEqual({ 'ann@office.example': 'accepted' })
    expect(await service.mail.health()).toMatchObject({ ok: false, transport: expect.stringMatching(/refused/i) })
    await transport.close()
  })
})
