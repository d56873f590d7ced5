import { answered } from '@mailwright/adapters/callback/capture'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { isMailError, type Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  anotherAccount,
  aTask,
  DAY,
  DOMAIN,
  OTHER_SENDER,
  otherMail,
  SENDER,
  START,
  settle,
  welcome,
} from './a-service.js'
import {
  aTellingService,
  HOOK,
  OTHER_HOOK,
  parkedOf,
  refusedConnection,
  type TellingService,
} from './callbacks-told.js'

const HOUR = 3_600_000
const NEWS = `news@${DOMAIN}`
const UNSET = 'https://hooks.shop.example:8082/third'

const mailFrom = ({ mail }: TellingService, from: string, to = 'ann@office.example') =>
  mail.send({ from, to, subject: 'Hi', text: 'x' })
const urlsOf = ({ told }: TellingService) => told().map(({ request, event }) => [event.from, request.url])
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : error),
  )

describe('who is told', () => {
  it('CBK-1: by default nobody', async () => {
    const service = await aTellingService()
    await mailFrom(service, SENDER)
    await settle(service)
    expect([service.told(), await service.mail.callbacks.resolve(), service.problems]).toEqual([[], null, []])
  })

  it('CBK-1: a sender with its own uses only that, all others the account’s', async () => {
    const service = await aTellingService()
    const { mail } = service
    await mail.senders.create({ address: NEWS })
    await mail.callbacks.setSender({ sender: NEWS, url: OTHER_HOOK })
    for (const from of [SENDER, NEWS]) await mailFrom(service, from)
    await settle(service)
    expect(urlsOf(service)).toEqual([[NEWS, OTHER_HOOK]])
    service.callbacks.clear()
    await mail.callbacks.setAccount({ url: HOOK })
    for (const from of [SENDER, NEWS]) await mailFrom(service, from, 'bob@office.example')
    await settle(service)
    expect(urlsOf(service).sort()).toEqual([
      [SENDER, HOOK],
      [NEWS, OTHER_HOOK],
    ])
    expect((await mail.callbacks.resolve())?.url).toBe(HOOK)
    expect((await mail.callbacks.resolve({ sender: SENDER }))?.url).toBe(HOOK)
    expect((await mail.callbacks.resolve({ sender: `NEWS@${DOMAIN}` }))?.url).toBe(OTHER_HOOK)
    expect((await mail.callbacks.list()).items.map(({ level, sender }) => [level, sender])).toEqual([
      ['sender', NEWS],
      ['account', null],
    ])
  })

  it('CBK-1: is decided when the event happens: what is set later hears nothing of it', async () => {
    const service = await aTellingService()
    await mailFrom(service, SENDER)
    await settle(service)
    await service.mail.callbacks.setAccount({ url: HOOK })
    await settle(service, START + DAY)
    expect(service.told()).toEqual([])
  })

  it('CBK-1: one that fails is not replaced by the other', async () => {
    const service = await aTellingService({
      answer: ({ url }) => (url === OTHER_HOOK ? answered(500) : answered(204)),
    })
    await service.mail.callbacks.setAccount({ url: HOOK })
    await service.mail.callbacks.setSender({ sender: SENDER, url: OTHER_HOOK })
    await mailFrom(service, SENDER)
    await settle(service, START + 4 * DAY)
    expect(new Set(urlsOf(service).map(([, url]) => url))).toEqual(new Set([OTHER_HOOK]))
    expect(await parkedOf(service)).toHaveLength(1)
  })

  it('CBK-1: a retry goes to the URL that is set by then, wherever the first attempt went', async () => {
    let down = true
    const service = await aTellingService({ answer: () => (down ? refusedConnection : answered(204)) })
    const { mail } = service
    await mail.callbacks.setAccount({ url: HOOK })
    await mailFrom(service, SENDER)
    await settle(service)
    await mail.callbacks.setAccount({ url: UNSET })
    await settle(service, START + 10_000)
    expect(urlsOf(service).map(([, url]) => url)).toEqual([HOOK, UNSET])
    await mail.callbacks.setSender({ sender: SENDER, url: OTHER_HOOK })
    await settle(service, START + 120_000)
    down = false
    await mail.callbacks.delete((await mail.callbacks.resolve({ sender: SENDER }))?.id ?? '')
    await settle(service, START + HOUR)
    expect(urlsOf(service).map(([, url]) => url)).toEqual([HOOK, UNSET, OTHER_HOOK, UNSET])
    expect(await parkedOf(service)).toEqual([])
    expect(service.problems).toEqual([])
  })

  it('CBK-1: with nobody left the event is parked, and is told when it is replayed', async () => {
    let down = true
    const service = await aTellingService({ answer: () => (down ? refusedConnection : answered(204)) })
    const { mail } = service
    const { id } = await mail.callbacks.setAccount({ url: HOOK })
    await mailFrom(service, SENDER)
    await settle(service)
    await mail.callbacks.delete(id)
    await settle(service, START + HOUR)
    const [parked] = await parkedOf(service)
    expect(parked).toMatchObject({ state: 'parked', event: 'delivered', why: 'no endpoint', attempt: 1 })
    expect(await mail.callbacks.replay({ id: parked?.id ?? '' })).toEqual({ replayed: 0, left: 1 })
    down = false
    await mail.callbacks.setAccount({ url: OTHER_HOOK })
    expect(await mail.callbacks.replay({ id: parked?.id ?? '' })).toEqual({ replayed: 1, left: 0 })
    await settle(service)
    expect(urlsOf(service).map(([, url]) => url)).toEqual([HOOK, OTHER_HOOK])
    expect(await parkedOf(service)).toEqual([])
  })

  it('CBK-1: there is at most one for the account and one for each sender, however many calls race', async () => {
    const service = await aTellingService()
    const { callbacks } = service.mail
    const urls = Array.from({ length: 200 }, (_, at) => `https://hooks.shop.example:8080/${at}`)
    const calls = urls.flatMap((url) => [callbacks.setAccount({ url }), callbacks.setSender({ sender: SENDER, url })])
    const ends = await Promise.all(calls.map(codeOf))
    expect(new Set(ends)).toEqual(new Set([null, 'CHANGED_MEANWHILE']))
    const { items } = await callbacks.list({ limit: 1_000 })
    expect(items.map(({ level }) => level).sort()).toEqual(['account', 'sender'])
  })

  it('CBK-1: a callback goes with its sender, also if both are changed at once', async () => {
    const service = await aTellingService()
    const { callbacks, senders } = service.mail
    for (let round = 0; round < 20; round += 1) {
      await senders.create({ address: NEWS })
      const calls = [codeOf(callbacks.setSender({ sender: NEWS, url: OTHER_HOOK })), codeOf(senders.delete(NEWS))]
      const [set, deleted] = await Promise.all(round % 2 === 0 ? calls : calls.reverse())
      if ((round % 2 === 0 ? deleted : set) !== null) await senders.delete(NEWS)
      expect((await callbacks.list()).items).toEqual([])
    }
    expect(await codeOf(callbacks.setSender({ sender: NEWS, url: OTHER_HOOK }))).toBe('NOT_FOUND')
  })

  it('ACC-2, CBK-1: no account sees, changes or hears anything of another’s', async () => {
    const service = await aTellingService()
    const other = await anotherAccount(service)
    const { id } = await service.mail.callbacks.setAccount({ url: HOOK })
    await other.send(otherMail('ann@office.example'))
    await settle(service)
    expect(service.told()).toEqual([])
    expect(await other.callbacks.resolve({ sender: OTHER_SENDER })).toBeNull()
    expect((await other.callbacks.list()).items).toEqual([])
    expect((await other.callbacks.attempts()).items).toEqual([])
    for (const call of [
      other.callbacks.delete(id),
      other.callbacks.rotateSecret({ id }),
      other.callbacks.enable({ id }),
      other.callbacks.setSender({ sender: SENDER, url: HOOK }),
    ])
      expect(await codeOf(call)).toBe('NOT_FOUND')
    await mailFrom(service, SENDER)
    await settle(service)
    const { items } = await service.mail.callbacks.attempts()
    expect(await codeOf(other.callbacks.replay({ id: items[0]?.id ?? '' }))).toBe('NOT_FOUND')
    expect(await other.callbacks.replay({ from: 0, to: START + DAY })).toEqual({ replayed: 0, left: 0 })
  })

  it('CBK-1: another process goes by what was set at most a second ago', async () => {
    const first = await aTellingService()
    const second = await aTellingService({ storage: first.storage })
    await mailFrom(second, SENDER, 'one@office.example')
    await settle(second)
    const { id } = await first.mail.callbacks.setAccount({ url: HOOK })
    second.clock.stepBy(1_000)
    await mailFrom(second, SENDER, 'two@office.example')
    await settle(second)
    expect(second.told().map(({ event }) => event.email)).toEqual(['two@office.example'])
    await first.mail.callbacks.delete(id)
    second.clock.stepBy(1_000)
    await mailFrom(second, SENDER, 'three@office.example')
    await settle(second)
    expect(second.told()).toHaveLength(1)
    expect(await parkedOf(second)).toEqual([])
  })
})

describe('what is saved', () => {
  it('CBK-2: only what answers a signed ping with 2xx; force saves it anyway', async () => {
    let ping = answered(500)
    const service = await aTellingService({ ping: () => ping })
    const { callbacks } = service.mail
    const refused = async (answer: typeof ping) => {
      ping = answer
      const error = await callbacks.setAccount({ url: HOOK }).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      return isMailError(error, 'CALLBACK_UNREACHABLE') ? error.details.cause : error
    }
    expect(await refused(answered(500))).toBe('status 500')
    expect(await refused(answered(302))).toBe('status 302')
    expect(await refused(answered(410))).toBe('status 410')
    expect(await refused(refusedConnection)).toBe('connect: ECONNREFUSED')
    expect(await refused({ type: 'failed', cause: 'address-refused', detail: null })).toBe('address-refused')
    expect((await callbacks.list()).items).toEqual([])
    expect(await callbacks.setAccount({ url: HOOK, force: true })).toMatchObject({ url: HOOK, verifiedAt: null })
    ping = answered(200)
    expect(await callbacks.setAccount({ url: OTHER_HOOK })).toMatchObject({ url: OTHER_HOOK, verifiedAt: START })
    expect(service.callbacks.posted.at(-1)?.event).toEqual({ event: 'ping', timestamp: START / 1_000 })
  })

  it('CBK-2: a URL that is refused changes nothing', async () => {
    const service = await aTellingService()
    const { callbacks } = service.mail
    await callbacks.setAccount({ url: HOOK })
    for (const url of [
      'https://hooks.shop.example/',
      'https://hooks.shop.example:443/',
      'ftp://hooks.shop.example:8080/',
    ])
      expect(await codeOf(callbacks.setAccount({ url, force: true }))).toBe('INPUT_INVALID')
    expect((await callbacks.resolve())?.url).toBe(HOOK)
    expect(service.callbacks.posted).toHaveLength(1)
  })

  it('CBK-5: without a client of one’s own nothing private is connected to, unless the policy or dev allows it', async () => {
    const cause = async (more: Parameters<typeof aTellingService>[0]) => {
      const service = await aTellingService({ ...more, realClient: true })
      const error = await service.mail.callbacks.setAccount({ url: 'http://127.0.0.1:8082/' }).catch((thrown) => thrown)
      return isMailError(error) ? error.details.cause : error
    }
    expect(await cause({})).toBe('address-refused')
    expect(await cause({ policy: { allowPrivateNetworks: true } })).toBe('connect: ECONNREFUSED')
    expect(await cause({ dev: true })).toBe('connect: ECONNREFUSED')
  })
})

describe('what is told', () => {
  it('CBK-3: what became of a mail: delivered, bounced, put off, dropped after acceptance, reported', async () => {
    const service = await aTellingService({ policy: { frequencyPerHour: 100 } })
    const { mail } = service
    await mail.callbacks.setAccount({ url: HOOK })
    for (const name of ['delivered', 'bounce', 'full', 'complaint', 'defer'])
      await mail.send({ ...welcome, to: `${name}@simulator.mailwright.test` })
    await mail.send({ ...welcome, to: 'late@office.example' })
    await mail.blocklist.custom.add({ addresses: ['late@office.example'], reason: 'x' })
    await settle(service, START + HOUR)
    const events = service
      .told()
      .map(({ event }) => [event.email, event.event, event.eventid, event.reason, event.bounceType])
    const of = (name: string) => events.filter(([email]) => String(email).startsWith(name)).map((one) => one.slice(1))
    expect(of('delivered')).toEqual([['delivered', 1, undefined, undefined]])
    expect(of('bounce')).toEqual([['bounce', 3, expect.stringContaining('550'), 'hard_bounce']])
    expect(of('full')).toEqual([['bounce', 3, expect.stringContaining('552'), 'soft_bounce']])
    expect(of('complaint')).toEqual([
      ['delivered', 1, undefined, undefined],
      ['spamreport', 6, undefined, undefined],
    ])
    expect(of('defer')).toEqual([
      ['deferred', 8, expect.stringContaining('451'), undefined],
      ['delivered', 1, undefined, undefined],
    ])
    expect(of('late')).toEqual([['dropped', 2, 'CUSTOM_BLOCKED', undefined]])
    expect(service.problems).toEqual([])
  })

  it('CBK-3: nothing of refusals that the call itself has answered', async () => {
    const service = await aTellingService()
    await service.mail.callbacks.setAccount({ url: HOOK })
    await service.mail.blocklist.custom.add({ addresses: ['no@office.example'], reason: 'x' })
    await service.mail.send({ ...welcome, to: ['no@office.example', 'yes@office.example'] })
    await settle(service, START + HOUR)
    expect(service.told().map(({ event }) => event.email)).toEqual(['yes@office.example'])
  })

  it('CBK-3: of a batch, each recipient’s own subject, with the task', async () => {
    const service = await aTellingService()
    await service.mail.callbacks.setAccount({ url: HOOK })
    const { id } = await aTask(service, 120)
    await settle(service)
    const told = service.told().map(({ event }) => event)
    expect(new Set(told.map(({ email, subject }) => `${email} ${subject}`))).toEqual(
      new Set(Array.from({ length: 120 }, (_, at) => `readers${at}@readers.example Welcome, Reader ${at}`)),
    )
    expect(told[0]).toMatchObject({ event: 'delivered', taskId: id, username: 'default' })
    const [message] = (await service.mail.deliveries.messages({ recipient: 'readers7@readers.example' })).items
    const one = told.find(({ email }) => email === 'readers7@readers.example')
    expect(one).toMatchObject({ message: message?.id, messageId: `${message?.id}@${DOMAIN}` })
  })

  it('CBK-3: of a batch whose chunks are under way together, reads the rows it tells of and few others', async () => {
    const storage = memoryStorage()
    let asked = 0
    const recipients: Storage['read']['recipients'] = (question) => {
      asked += question.to - question.from
      return storage.read.recipients(question)
    }
    const spied = { ...storage, read: { ...storage.read, recipients } }
    const service = await aTellingService({ storage: spied, policy: { startLevel: 5 } })
    await service.mail.callbacks.setAccount({ url: HOOK })
    await aTask(service, 2_000)
    await settle(service)
    expect(service.told()).toHaveLength(2_000)
    // Once to be sent, once to be told.
    expect(asked).toBeLessThan(2 * 2_000 + 1_000)
  })

  it('CBK-3: gives the caller’s own header back; compat has numeric ids, the original’s name and a MIME subject', async () => {
    const service = await aTellingService()
    const { mail } = service
    const send = (name: string, header: string) =>
      mail.send({
        from: SENDER,
        to: 'ann@office.example',
        template: 'welcome',
        variables: { name },
        headers: { [header]: 'order 7' },
      })
    await mail.callbacks.setAccount({ url: HOOK })
    await send('Änne', 'x-mailwright-cb-custom')
    await settle(service)
    await mail.callbacks.setAccount({ url: HOOK, compat: 'tencent' })
    await send('Änne', 'X-Tencentcloudses-Cb-Custom')
    await settle(service)
    const [plain, compat] = service.told().map(({ event }) => event)
    expect(plain).toMatchObject({
      'X-Mailwright-Cb-Custom': 'order 7',
      subject: 'Welcome, Änne',
      templateId: expect.any(String),
    })
    expect(compat).toMatchObject({
      'X-Tencentcloudses-Cb-Custom': 'order 7',
      subject: expect.stringMatching(/^=\?UTF-8\?[QB]\?.+\?=$/),
      templateId: expect.any(Number),
    })
    expect(compat).not.toHaveProperty('message')
  })

  it('CBK-3: of a person who has been erased, nothing that says who it was', async () => {
    let down = true
    const service = await aTellingService({
      answer: () => (down ? refusedConnection : answered(204)),
      outcome: () => ({
        type: 'refused',
        reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 <ann@office.example> unknown' },
      }),
    })
    await service.mail.callbacks.setAccount({ url: HOOK })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    await service.mail.people.erase('ann@office.example')
    down = false
    service.callbacks.clear()
    await settle(service, START + HOUR)
    const [told] = service.told()
    expect(told?.event).toMatchObject({
      event: 'bounce',
      eventid: 3,
      email: expect.stringMatching(/@erased\.invalid$/),
    })
    expect(told?.request.body).not.toMatch(/ann|unknown|Welcome/i)
  })

  it('CBK-3, GRP-8: what is parked forgets what was said of a person who is erased, then or later', async () => {
    const service = await aTellingService({
      answer: () => refusedConnection,
      outcome: () => ({
        type: 'refused',
        reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 <ann@office.example> unknown' },
      }),
    })
    const { mail, storage } = service
    await mail.callbacks.setAccount({ url: HOOK })
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service, START + 10 * HOUR)
    await mail.people.erase('ann@office.example')
    await settle(service, START + 4 * DAY)
    await service.clock.stepTo(START + 5 * DAY)
    await settle(service)
    const { items } = await storage.read.records({
      kind: 'parked-callbacks',
      account: 'default',
      order: 'oldest',
      limit: 10,
    })
    expect(items).toHaveLength(1)
    expect(JSON.stringify(items)).not.toContain('ann@')
  })
})
