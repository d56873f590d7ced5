import type { Logger, ProviderHappening, SendAnswer } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aSource, post, sixEvents } from './a-provider.js'
import { aService, DAY, settle, statesOf, welcome } from './a-service.js'

const opened: ProviderHappening = { type: 'opened', userAgent: 'Thunderbird' }
const clicked: ProviderHappening = { type: 'clicked', userAgent: 'Thunderbird', link: 'https://shop.example/' }

const aHost = () => aService({ policy: { startLevel: 20 }, more: { eventSources: { tiny: aSource } } })
describe('events of a provider', () => {
  it('T32: one that is not signed is refused, and a source that is not there is named with its nearest', async () => {
    const service = await aHost()
    const { messages } = await service.mail.send({ ...welcome, to: 'ann@readers.example' })
    await settle(service)
    const event = {
      key: 'e1',
      at: 0,
      message: messages[0]?.id ?? '',
      recipient: null,
      happened: sixEvents[2] as ProviderHappening,
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
      { ...about, key: 'e2', happened: sixEvents[4] as ProviderHappening },
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
    const happened = sixEvents[2] as ProviderHappening
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
    const complained = sixEvents[4] as ProviderHappening
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
