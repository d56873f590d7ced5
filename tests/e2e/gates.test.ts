import { describe, expect, it } from 'vitest'
import {
  accepted,
  aService,
  aTask,
  DAY,
  refused,
  rows,
  SENDER,
  type Service,
  START,
  settle,
  statesOf,
  welcome,
} from './a-service.js'

const HOUR = 3_600_000
const ann = 'ann@office.example'
const batch = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const

/** Whoever got it can unsubscribe with it. */
async function unsubscribe(service: Pick<Service, 'mail'>, content: Uint8Array): Promise<boolean> {
  const token = /unsubscribe\/([\w.~-]+)/.exec(Buffer.from(content).toString().replaceAll('=\r\n', ''))?.[1]
  return service.mail.unsubscribes.confirm(token ?? '')
}

describe('gates', () => {
  it('TRG-5: a send over the daily limit is refused whole and says when the next day starts', async () => {
    const until = Date.UTC(2026, 10, 24)
    // Deferred mail is not settled, so nothing is raised.
    const service = await aService({ answer: () => refused(452, '4.2.2') })
    await aTask(service, 499)
    await settle(service)
    const pair = { ...welcome, to: [ann, 'bob@office.example'] }
    await expect(service.mail.send(pair)).rejects.toMatchObject({ code: 'DAILY_LIMIT', details: { until, limit: 500 } })
    expect(Object.keys(await statesOf(service))).not.toContain(ann)
    await service.mail.send({ ...welcome, to: ann })
    await expect(service.mail.send({ ...welcome, to: 'bob@office.example' })).rejects.toMatchObject({
      code: 'DAILY_LIMIT',
    })
    await service.clock.stepTo(until)
    await service.mail.send(pair)
  })

  it('TRG-5: the first refusal in the order of the gates is the answer', async () => {
    let answer = accepted
    const contents = new Map<string, Uint8Array>()
    const service = await aService({
      policy: { frequencyPerHour: 1 },
      answer: ({ content }, recipient) => {
        contents.set(recipient, content)
        return recipient.startsWith('invalid') || recipient.startsWith('custom') ? refused(550, '5.1.1') : answer
      },
    })
    const { mail } = service
    await mail.templates.create({ name: 'with-link', subject: 'Hi', html: '<a href="{{unsubscribe_url}}">no</a>' })
    const of = (name: string) => ({ from: SENDER, to: `${name}@office.example`, template: 'with-link' })
    for (const name of ['frequency', 'reject', 'invalid', 'custom']) await mail.send(of(name))
    await settle(service)
    for (const name of ['reject', 'invalid', 'custom'])
      expect(await unsubscribe(service, contents.get(`${name}@office.example`) ?? new Uint8Array())).toBe(true)
    await mail.blocklist.custom.add({ addresses: ['custom@office.example'] })

    answer = refused(452, '4.2.2')
    await aTask(service, 496)
    await settle(service)
    const code = (call: Promise<unknown>) => call.then(String, (error) => error.code)
    expect(await code(mail.send(of('free')))).toBe('DAILY_LIMIT')
    answer = refused(550, '5.1.1')
    await settle(service, START + HOUR / 2)
    expect(await code(mail.send(of('free')))).toBe('DOMAIN_BLOCKED_TODAY')
    expect(await code(mail.send(of('frequency')))).toBe('FREQUENCY_LIMIT')
    expect(await code(mail.send(of('reject')))).toBe('RECIPIENT_REJECTED')
    expect(await code(mail.send(of('invalid')))).toBe('INVALID_ADDRESS_BLOCKED')
    expect(await code(mail.send(of('custom')))).toBe('CUSTOM_BLOCKED')
    const noTemplate = { ...of('custom'), template: 'unknown' }
    expect(await code(mail.send(noTemplate))).toBe('NOT_FOUND')
    const noSender = { ...noTemplate, from: 'other@mail.shop.example' }
    expect(await code(mail.send(noSender))).toBe('SENDER_NOT_FOUND')
    expect(await code(mail.send({ ...noSender, to: 'nobody' }))).toBe('ADDRESS_INVALID')
  })

  it('TRG-6: whom a gate refuses after acceptance never gets the mail, and is told as dropped', async () => {
    const service = await aService({
      answer: (_, to) => (to === 'later@office.example' ? refused(451, '4.3.0') : accepted),
    })
    const { mail } = service
    await mail.send({ ...welcome, to: [ann, 'bob@office.example', 'later@office.example'] })
    await mail.blocklist.custom.add({ addresses: [ann] })
    await settle(service)
    await mail.blocklist.custom.add({ addresses: ['later@office.example'] })
    await settle(service, START + HOUR)
    expect(await statesOf(service)).toEqual({
      [ann]: 'dropped',
      'bob@office.example': 'delivered',
      'later@office.example': 'dropped',
    })
    const { items } = await mail.deliveries.messages({ recipient: 'later@office.example' })
    expect(items).toMatchObject([{ attempts: 1, lastReply: 'CUSTOM_BLOCKED' }])
    expect(service.transport.messages.map(({ envelope }) => envelope.to[0])).toEqual(['bob@office.example'])
  })

  it('TRG-6: who unsubscribes while a batch is cached never gets it', async () => {
    const service = await aService()
    const { mail, transport } = service
    await mail.templates.create({ name: 'link', subject: 'Hi', html: '<a href="{{unsubscribe_url}}">no more</a>' })
    const late = 'readers1499@readers.example'
    await mail.send({ from: SENDER, to: late, template: 'link' })
    await settle(service)
    const [{ content } = { content: new Uint8Array() }] = transport.messages
    transport.clear()
    const { id } = await aTask(service, 1_500)
    await settle(service)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'paused', cached: 501, blocked: 0 })
    expect(await unsubscribe(service, content)).toBe(true)
    await settle(service, START + DAY)
    await settle(service)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 1_499, blocked: 1 })
    expect(transport.messages.some(({ envelope }) => envelope.to[0] === late)).toBe(false)
  })

  it('TRG-7: one person is one key, dots and plus signs count, and the envelope keeps what was given', async () => {
    const service = await aService()
    await service.mail.blocklist.custom.add({ addresses: ['ann.b@bücher.example'] })
    const to = [
      'Ann.B@XN--Bcher-Kva.example',
      'annb@bücher.example',
      'ann.b+shop@bücher.example',
      'Bob.Z@office.example',
    ]
    const { messages } = await service.mail.send({ ...welcome, to })
    expect(messages.map(({ state }) => state)).toEqual(['refused', 'accepted', 'accepted', 'accepted'])
    await settle(service)
    expect(service.transport.messages.map(({ envelope }) => envelope.to[0])).toContain('Bob.Z@office.example')
    expect((await service.mail.deliveries.messages({ recipient: 'bob.z@OFFICE.example' })).items).toHaveLength(1)
  })

  it('TRG-8: past its validity a mail has expired and is never sent late', async () => {
    const service = await aService()
    await service.mail.send({ ...welcome, to: ann, validForSeconds: 60 })
    await service.mail.send({ ...welcome, to: 'bob@office.example' })
    await service.clock.stepTo(START + 60_001)
    await settle(service)
    expect(await statesOf(service)).toEqual({ [ann]: 'expired', 'bob@office.example': 'delivered' })
    expect(service.transport.count).toBe(1)
  })

  it('TRG-8: the default is 72 hours, and a short life bounds the attempts, too', async () => {
    const attempts: number[] = []
    const service: Service = await aService({
      answer: (_, to) => {
        if (to === ann) attempts.push(service.clock.now())
        return refused(451, '4.3.0')
      },
    })
    await service.mail.send({ ...welcome, to: ann, validForSeconds: 3_600 })
    await settle(service, START + DAY)
    expect(Math.max(...attempts)).toBeLessThanOrEqual(START + HOUR)
    expect(await statesOf(service)).toEqual({ [ann]: 'expired' })
    const away = await aService()
    await away.mail.send({ ...welcome, to: ann })
    await away.mail.send({ ...welcome, to: 'bob@office.example' })
    await away.clock.stepTo(START + 3 * DAY + 1)
    await settle(away)
    expect(away.transport.count).toBe(0)
    expect(await statesOf(away)).toEqual({ [ann]: 'expired', 'bob@office.example': 'expired' })
    const onTime = await aService()
    await onTime.mail.send({ ...welcome, to: ann })
    await onTime.clock.stepTo(START + 3 * DAY)
    await settle(onTime)
    expect(await statesOf(onTime)).toEqual({ [ann]: 'delivered' })
  })

  it('BLK-5: every recipient of every send is checked', async () => {
    const service = await aService({ policy: { startLevel: 5 } })
    const blocked = Array.from({ length: 1_200 }, (_, index) => `reader${index}@readers.example`).filter(
      (_, index) => index % 7 === 3,
    )
    await service.mail.blocklist.custom.add({ addresses: blocked })
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', rows(1_200))
    const { id } = await service.mail.tasks.create(batch)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({
      blocked: blocked.length,
      sent: 1_200 - blocked.length,
      state: 'done',
    })
    const got = new Set(service.transport.messages.map(({ envelope }) => envelope.to[0]))
    expect(blocked.filter((one) => got.has(one))).toEqual([])
    const to = Array.from({ length: 20 }, (_, index) => `reader${index}@readers.example`)
    const expected = to.map((one) => (blocked.includes(one) ? 'refused' : 'accepted'))
    for (const answer of [
      await service.mail.send({ ...welcome, to: to.slice(0, 10), cc: to.slice(10, 15), bcc: to.slice(15) }),
      await service.mail.sendRegular({ ...welcome, to }),
    ])
      expect(answer.messages.map(({ state }) => state)).toEqual(expected)
  })
})
