import { randomUUID } from 'node:crypto'
import type { ProviderEvent, ProviderHappening } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aSource, post, sixEvents } from '../../e2e/a-provider.js'
import { aService, aTask, DAY, liveUntil, settle, statesOf, welcome } from '../../e2e/a-service.js'
import { seededRandom } from '../seeded-random.js'
import { aPGlite } from './corrupt-databases.js'
import { allOrders, eventOrders, wantedOf } from './event-orders.js'

const [, , bounced] = sixEvents as readonly [ProviderHappening, ProviderHappening, ProviderHappening]
const months = (count: number) => count * 31 * DAY

const aHost = () => aService({ policy: { retention: { messagesDays: 31 } }, more: { eventSources: { tiny: aSource } } })

describe('events of a provider in disorder', () => {
  it('F13, DLV-5, STA-2: every tenth of the 720 orders of six events, each told twice, ends in one state with the same numbers, on PGlite', async () => {
    const database = await aPGlite()
    const orders = allOrders(2).filter((_, at) => at % 10 === 0)
    const random = seededRandom(1)
    try {
      const seen = await eventOrders(orders, { own: 'deferred', random, storage: database.storage })
      expect(seen).toEqual(wantedOf('deferred', 72, 0))
    } finally {
      await database.close()
    }
  })

  it('F13, TSK-3: events about a cancelled task are counted, and nothing of it starts again', async () => {
    const service = await aHost()
    const { mail, clock, transport } = service
    const { id } = await aTask(service, 1_200)
    await settle(service)
    await mail.tasks.cancel(id)
    const sent = transport.messages.map(({ id: message, envelope }) => ({ message, recipient: envelope.to[0] ?? '' }))
    expect(sent).toHaveLength(1_000)
    const events = sent.map(
      (about, index): ProviderEvent => ({ key: `e${index}`, at: clock.now(), ...about, happened: bounced }),
    )
    for (let times = 0; times < 5; times += 1) {
      await post(service, events.toReversed())
      await settle(service)
    }
    await settle(service, clock.now() + 2 * DAY)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'cancelled', bounced: 1_000, cancelled: 200 })
    expect(transport.count).toBe(1_000)
  })

  it('F13, DLV-4: events about a mail that retention has removed, and about one that never was, are counted as lost and told to nobody', async () => {
    const service = await aHost()
    const { mail, clock, storage } = service
    const { messages } = await mail.send({ ...welcome, to: 'ann@readers.example' })
    await liveUntil(service, clock.now() + months(2), 6 * 3_600_000)
    expect(await statesOf(service)).toEqual({})
    let told = 0
    mail.on('bounced', () => {
      told += 1
    })
    const lost = [messages[0]?.id ?? '', randomUUID()].flatMap((message) =>
      sixEvents.map(
        (happened): ProviderEvent => ({
          key: `${message}:${happened.type}`,
          at: clock.now(),
          message,
          recipient: null,
          happened,
        }),
      ),
    )
    for (let times = 0; times < 5; times += 1) await post(service, lost)
    const answer = await post(service, lost)
    expect(new Set(answer.events.map(({ outcome }) => outcome))).toEqual(new Set(['known']))
    await settle(service, clock.now() + DAY)
    const [counted] = await storage.read.tallies({
      cube: 'sender',
      account: '',
      from: 0,
      to: clock.now() + DAY,
      by: [],
    })
    expect(counted?.counts.uncorrelated).toBe(lost.length)
    expect(told).toBe(0)
    expect((await mail.blocklist.invalid.mine({})).items).toEqual([])
  })
})
