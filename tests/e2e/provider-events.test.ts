import {
  type EventSource,
  type Logger,
  MailError,
  type ProviderEvent,
  type ProviderHappening,
  type SendAnswer,
} from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, aTask, DAY, type Service, settle, statesOf, welcome } from './a-service.js'

const KEY = 'only the provider knows'

/** A provider that signs with a shared word and posts events as JSON. */
const aSource: EventSource = {
  name: 'tiny',
  async verify({ headers }) {
    if (headers.get('x-key') !== KEY) throw new MailError('EVENT_SIGNATURE_INVALID', { source: 'tiny' })
  },
  parse: ({ body }) => JSON.parse(Buffer.from(body).toString()) as ProviderEvent[],
}

const reply = (code: number, enhanced: string) => ({ code, enhanced, text: `${enhanced} said so` })
const six: readonly ProviderHappening[] = [
  { type: 'deferred', reply: reply(451, '4.3.0') },
  { type: 'delivered', reply: reply(250, '2.0.0') },
  { type: 'bounced', reply: reply(550, '5.1.1'), permanent: true },
  { type: 'opened', userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15' },
  { type: 'complained', feedbackType: 'abuse' },
  { type: 'unsubscribed' },
]

const opened: ProviderHappening = { type: 'opened', userAgent: 'Thunderbird' }
const clicked: ProviderHappening = { type: 'clicked', userAgent: 'Thunderbird', link: 'https://shop.example/' }

const permutations = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.length < 2
    ? [list]
    : list.flatMap((one, index) => permutations(list.filter((_, at) => at !== index)).map((rest) => [one, ...rest]))

const aHost = () => aService({ policy: { startLevel: 20 }, more: { eventSources: { tiny: aSource } } })
const post = ({ mail }: Service, events: readonly ProviderEvent[], key = KEY) =>
  mail.ingest.provider('tiny', { headers: { 'x-key': key }, body: JSON.stringify(events) })

describe('events of a provider', () => {
  it('DLV-5, STA-2: the 720 orders of six events, each posted twice, end in one state with the same numbers (F13)', async () => {
    const service = await aHost()
    const { transport, clock, storage } = service
    const orders = permutations(six)
    await aTask(service, orders.length)
    await settle(service)
    await clock.stepBy(60_000)
    const at = clock.now()
    const sent = transport.messages.map(({ id, envelope }) => ({ id, recipient: envelope.to[0] ?? '' }))
    const eventsOf = (index: number): readonly ProviderEvent[] =>
      (orders[index] ?? []).map((happened) => ({
        key: `${index}:${happened.type}`,
        at,
        message: sent[index]?.id ?? '',
        recipient: sent[index]?.recipient ?? '',
        happened,
      }))
    for (const round of [0, 1, 2, 3, 4, 5, 3]) {
      for (let from = 0; from < orders.length; from += 100) {
        const indexes = Array.from({ length: Math.min(100, orders.length - from) }, (_, offset) => from + offset)
        await post(
          service,
          indexes.flatMap((index) => eventsOf(index).slice(round, round + 1)),
        )
      }
      await settle(service)
    }
    const rows = await storage.read.messages(sent.map(({ id }) => id))
    expect(new Set(rows.map(({ facts }) => facts)).size).toBe(1)
    expect(new Set(Object.values(await statesOf(service)))).toEqual(new Set(['bounced']))
    const [all] = await storage.read.tallies({
      cube: 'sender',
      account: 'default',
      from: 0,
      to: clock.now() + DAY,
      by: [],
    })
    const count = orders.length
    expect(all?.counts).toMatchObject({
      delivered: count,
      bouncedHard: count,
      invalid: count,
      complained: count,
      unsubscribed: count,
    })
    expect(all?.counts).toMatchObject({ deferred: count, uncorrelated: 0 })
  })

  it('T32: one that is not signed is refused, and a source that is not there is named with its nearest', async () => {
    const service = await aHost()
    const { messages } = await service.mail.send({ ...welcome, to: 'ann@readers.example' })
    await settle(service)
    const event = {
      key: 'e1',
      at: 0,
      message: messages[0]?.id ?? '',
      recipient: null,
      happened: six[2] as ProviderHappening,
    }
    await expect(post(service, [event], 'guessed')).rejects.toMatchObject({ code: 'EVENT_SIGNATURE_INVALID' })
    await expect(service.mail.ingest.provider('tinny', { headers: {}, body: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { nearest: 'tiny' },
    })
    await settle(service)
    expect(await statesOf(service)).toEqual({ 'ann@readers.example': 'delivered' })
  })

  it('DLV-5: one that cannot be read is named and logged, the others of its request are kept', async () => {
    const logged: unknown[] = []
    const logger: Logger = { log: (level, event, fields) => level === 'warn' && logged.push([event, fields]) }
    const service = await aService({ more: { logger, eventSources: { tiny: aSource } } })
    const { messages } = await service.mail.send({ ...welcome, to: 'ann@readers.example' })
    await settle(service)
    const about = { at: 0, message: messages[0]?.id ?? '', recipient: 'ann@readers.example' }
    const unreadable: ProviderHappening = { type: 'unreadable', expected: 'a time' }
    const { events } = await post(service, [
      { ...about, key: 'e1', happened: unreadable },
      { ...about, key: 'e2', happened: six[4] as ProviderHappening },
    ])
    expect(events.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['unreadable', 'unreadable'],
      ['complained', 'stored'],
    ])
    expect(logged).toEqual([['provider-event-unreadable', { source: 'tiny', key: 'e1', expected: 'a time' }]])
    await settle(service)
    expect((await service.mail.deliveries.complaints()).items).toHaveLength(1)
  })

  it('DLV-5: one about nobody, or about somebody the mail did not go to, is counted and changes nothing', async () => {
    const service = await aHost()
    const { messages } = await service.mail.send({ ...welcome, to: 'ann@readers.example' })
    await settle(service)
    const happened = six[2] as ProviderHappening
    await post(service, [
      { key: 'e1', at: 0, message: null, recipient: 'ann@readers.example', happened },
      { key: 'e2', at: 0, message: 'not an id', recipient: null, happened },
      { key: 'e3', at: 0, message: messages[0]?.id ?? '', recipient: 'bea@readers.example', happened },
      {
        key: 'e4',
        at: 0,
        message: messages[0]?.id ?? '',
        recipient: null,
        happened: { type: 'other', name: 'novelty' },
      },
      {
        key: 'e5',
        at: service.clock.now(),
        message: messages[0]?.id ?? '',
        recipient: 'bea@readers.example',
        happened: opened,
      },
      {
        key: 'e6',
        at: service.clock.now(),
        message: messages[0]?.id ?? '',
        recipient: 'bea@readers.example',
        happened: clicked,
      },
    ])
    await settle(service, service.clock.now() + DAY)
    expect((await service.mail.deliveries.opens()).items).toEqual([])
    expect((await service.mail.deliveries.clicks()).items).toEqual([])
    expect(await statesOf(service)).toEqual({ 'ann@readers.example': 'delivered' })
    const counted = await service.storage.read.tallies({
      cube: 'sender',
      account: '',
      from: 0,
      to: service.clock.now() + DAY,
      by: [],
    })
    expect(counted[0]?.counts).toMatchObject({ uncorrelated: 5 })
  })

  it('DLV-5: an open or a click of the person the mail went to is kept, however the address is written', async () => {
    const service = await aHost()
    const { messages } = await service.mail.send({ ...welcome, to: 'ann@readers.example' })
    await settle(service)
    await service.clock.stepBy(60_000)
    const about = { at: service.clock.now(), message: messages[0]?.id ?? '' }
    await post(service, [
      { ...about, key: 'e1', recipient: 'Ann@READERS.example', happened: opened },
      { ...about, key: 'e2', recipient: null, happened: clicked },
    ])
    await settle(service)
    expect((await service.mail.deliveries.opens()).items).toHaveLength(1)
    expect((await service.mail.deliveries.clicks()).items).toHaveLength(1)
  })

  it('DLV-5, REG-2: an event that knows the Message-ID and the recipient finds the one mail of a send to several', async () => {
    const service = await aHost()
    const to = ['ann@readers.example', 'bea@readers.example']
    const [one, other] = [
      await service.mail.sendRegular({ ...welcome, to }),
      await service.mail.send({ ...welcome, to: 'ann@readers.example', cc: 'cyd@readers.example' }),
    ]
    await settle(service)
    await service.clock.stepBy(60_000)
    const at = service.clock.now()
    const complained = six[4] as ProviderHappening
    await post(service, [
      { key: 'e1', at, message: one.requestId, recipient: 'bea@readers.example', happened: complained },
      { key: 'e2', at, message: other.requestId, recipient: 'CYD@readers.example', happened: complained },
      { key: 'e3', at, message: other.requestId, recipient: 'ann@readers.example', happened: opened },
      { key: 'e4', at, message: one.requestId, recipient: 'cyd@readers.example', happened: complained },
      { key: 'e5', at, message: one.requestId, recipient: null, happened: complained },
    ])
    await settle(service, service.clock.now() + DAY)
    const idOf = ({ messages }: SendAnswer, who: string) => messages.find(({ to: given }) => given.startsWith(who))?.id
    const { items } = await service.mail.deliveries.complaints()
    expect(items.map(({ message }) => message).sort()).toEqual([idOf(one, 'bea'), idOf(other, 'cyd')].sort())
    expect((await service.mail.deliveries.opens()).items.map(({ message }) => message)).toEqual([idOf(other, 'ann')])
  })
})
