import { answered } from '@mailwright/adapters/callback/capture'
import type { CallbackAnswer } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aTask, DAY, DOMAIN, SENDER, START, settle, welcome } from './a-service.js'
import { aTellingService, attemptsOf, HOOK, OTHER_HOOK, parkedOf, refusedConnection } from './callbacks-told.js'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** One event to a receiver that answers so, and when each attempt came, in seconds. */
async function tried(answer: (attempt: number) => CallbackAnswer, until = START + 4 * DAY) {
  const at: number[] = []
  const service = await aTellingService({
    answer: () => {
      at.push((service.clock.now() - START) / SECOND)
      return answer(at.length)
    },
  })
  await service.mail.callbacks.setAccount({ url: HOOK })
  await service.mail.send({ ...welcome, to: 'ann@office.example' })
  await settle(service, until)
  return { service, at }
}

/** A day is simulated by its due instants; with mail in between, minute by minute. */
const PLAN = [0, 5, 65, 365, 2_165, 9_365, 27_365, 63_365, 149_765, 236_165, 259_200]

describe('a callback that fails', () => {
  it.each([
    ['status 500', answered(500)],
    ['status 301', answered(301)],
    ['status 404', answered(404)],
    ['timeout', { type: 'failed', cause: 'timeout', detail: null }],
    ['connect: ECONNREFUSED', refusedConnection],
    ['address-refused', { type: 'failed', cause: 'address-refused', detail: null }],
  ] as const)(
    'CBK-4: with %s is tried after 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, then daily until 72 h, then parked',
    async (why, answer) => {
      const { service, at } = await tried(() => answer)
      expect(at).toEqual(PLAN)
      expect(new Set(service.told().map(({ id }) => id)).size).toBe(1)
      expect(await parkedOf(service)).toMatchObject([{ event: 'delivered', attempt: PLAN.length, why }])
      expect(service.problems).toEqual([])
    },
  )

  it('CBK-4: is told no more once it got through', async () => {
    const { service, at } = await tried((attempt) => (attempt < 4 ? answered(503) : answered(200)))
    expect(at).toEqual(PLAN.slice(0, 4))
    expect(await parkedOf(service)).toEqual([])
    const { items } = await service.mail.callbacks.attempts()
    expect(items.map(({ state, attempt, why }) => [state, attempt, why])).toEqual([
      ['told', 4, null],
      ['failed', 3, 'status 503'],
      ['failed', 2, 'status 503'],
      ['failed', 1, 'status 503'],
    ])
  })

  it('CBK-4: waits as long as Retry-After asks, if that is longer than planned', async () => {
    const { at } = await tried((attempt) =>
      attempt === 1 ? answered(429, 600) : attempt === 2 ? answered(503, 1) : answered(200),
    )
    expect(at).toEqual([0, 600, 660])
  })

  it('CBK-4: the timestamp is that of the attempt, the id that of the event', async () => {
    const { service } = await tried((attempt) => (attempt < 3 ? answered(500) : answered(200)))
    const headers = service.told().map(({ request }) => request.headers)
    expect(headers.map((one) => Number(one['webhook-timestamp']) - START / SECOND)).toEqual([0, 5, 65])
    expect(new Set(headers.map((one) => one['webhook-id'])).size).toBe(1)
    expect(new Set(service.told().map(({ request }) => request.body)).size).toBe(1)
  })
})

describe('a receiver that is down', () => {
  it('CBK-4: for a day loses nothing: each event arrives after its return, repeated only under its own id', async () => {
    let down = true
    const service = await aTellingService({
      answer: () => (down ? refusedConnection : answered(204)),
      policy: { startLevel: 20 },
    })
    const { mail, clock } = service
    await mail.callbacks.setAccount({ url: HOOK })
    await aTask(service, 2_000)
    await settle(service)
    for (let hour = 1; hour <= 24; hour += 1) {
      await mail.send({ ...welcome, to: `hour${hour}@office.example` })
      await settle(service, START + hour * HOUR)
    }
    const failed = service.told().length
    down = false
    service.callbacks.clear()
    await settle(service, START + 4 * DAY)
    expect(clock.now()).toBe(START + 4 * DAY)
    const arrived = service.told().map(({ id, event }) => `${id} ${event.email}`)
    expect(new Set(arrived).size).toBe(2_024)
    expect(arrived.length).toBe(2_024)
    expect(new Set(service.told().map(({ event }) => event.email)).size).toBe(2_024)
    expect(await parkedOf(service)).toEqual([])
    // One probe in five minutes, and the retries of those that were probes: not 2,000 timeouts an hour.
    expect(failed).toBeLessThan(24 * 12 * 2)
    expect(service.problems).toEqual([])
  })

  it('CBK-4: for longer than 72 hours parks everything, tried or not, and all of it can be replayed by range', async () => {
    let down = true
    const service = await aTellingService({ answer: () => (down ? answered(500) : answered(204)) })
    const { mail } = service
    await mail.callbacks.setAccount({ url: HOOK })
    await aTask(service, 700)
    await settle(service, START + 4 * DAY)
    const parked = await parkedOf(service)
    expect(parked).toHaveLength(700)
    expect(new Set(parked.map(({ webhookId }) => webhookId)).size).toBe(700)
    expect(new Set(parked.map(({ id }) => id)).size).toBe(700)
    down = false
    service.callbacks.clear()
    expect(await mail.callbacks.replay({ from: new Date(START + 1), to: '2026-11-24T09:00' })).toEqual({
      replayed: 0,
      left: 0,
    })
    expect(await mail.callbacks.replay({ from: START, to: START + 1, callback: 'another' })).toEqual({
      replayed: 0,
      left: 0,
    })
    expect(await mail.callbacks.replay({ from: START, to: START + 1 })).toEqual({ replayed: 700, left: 0 })
    expect(await mail.callbacks.replay({ from: START, to: START + 1 })).toEqual({ replayed: 0, left: 0 })
    await settle(service, START + 5 * DAY)
    expect(new Set(service.told().map(({ id }) => id))).toEqual(new Set(parked.map(({ webhookId }) => webhookId)))
    expect(service.told()).toHaveLength(700)
    expect(await parkedOf(service)).toEqual([])
    expect(service.problems).toEqual([])
  })

  it('CBK-4: a parked event can be replayed by itself, and has another 72 hours', async () => {
    const service = await aTellingService({ answer: () => answered(500) })
    const { mail } = service
    await mail.callbacks.setAccount({ url: HOOK })
    for (const name of ['ann', 'bob']) await mail.send({ ...welcome, to: `${name}@office.example` })
    await settle(service, START + 4 * DAY)
    const [one, two] = await parkedOf(service)
    service.callbacks.clear()
    const replays = await Promise.all(
      [one, one, two].map((parked) => mail.callbacks.replay({ id: parked?.id ?? '' }).catch(() => null)),
    )
    expect(replays.filter((replay) => replay?.replayed === 1)).toHaveLength(2)
    await settle(service, START + 8 * DAY)
    expect(new Set(service.told().map(({ id }) => id))).toEqual(new Set([one?.webhookId, two?.webhookId]))
    expect(service.told().filter(({ id }) => id === one?.webhookId)).toHaveLength(PLAN.length)
    expect(await parkedOf(service)).toHaveLength(2)
  })

  it('CBK-4: one endpoint that is down delays nobody else', async () => {
    const service = await aTellingService({ answer: ({ url }) => (url === HOOK ? refusedConnection : answered(204)) })
    const { mail } = service
    await mail.senders.create({ address: `news@${DOMAIN}` })
    await mail.callbacks.setAccount({ url: HOOK })
    await mail.callbacks.setSender({ sender: SENDER, url: OTHER_HOOK })
    for (let at = 0; at < 60; at += 1) {
      await mail.send({ from: `news@${DOMAIN}`, to: `a${at}@office.example`, subject: 'Hi', text: 'x' })
      await mail.send({ from: SENDER, to: `b${at}@office.example`, subject: 'Hi', text: 'x' })
    }
    await settle(service)
    const told = service.told()
    expect(told.filter(({ request }) => request.url === OTHER_HOOK)).toHaveLength(60)
    // Five failures in a row, and those that were under way.
    expect(told.filter(({ request }) => request.url === HOOK).length).toBeLessThan(10)
  })
})

describe('what is kept of callbacks', () => {
  it('CBK-4, DLV-4: attempts for a week, parked events for a month', async () => {
    const service = await aTellingService({ answer: () => answered(500) })
    const { mail } = service
    await mail.callbacks.setAccount({ url: HOOK })
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service, START + 4 * DAY)
    await service.clock.stepTo(START + 6 * DAY)
    await settle(service)
    expect([(await attemptsOf(service)).length, (await parkedOf(service)).length]).toEqual([PLAN.length, 1])
    await service.clock.stepTo(START + 11 * DAY)
    await settle(service)
    expect([(await attemptsOf(service)).length, (await parkedOf(service)).length]).toEqual([0, 1])
    await service.clock.stepTo(START + 34 * DAY)
    await settle(service)
    expect(await parkedOf(service)).toEqual([])
  })

  it('CBK-4: is listed page by page, newest first, without a gap or a repetition while more is added', async () => {
    let status = 500
    const service = await aTellingService({ answer: () => answered(status) })
    const { mail } = service
    const { id: callback } = await mail.callbacks.setAccount({ url: HOOK })
    await aTask(service, 30)
    await settle(service, START + HOUR)
    status = 200
    await settle(service, START + DAY)
    const all = await attemptsOf(service)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort((a, b) => b - a))
    expect(all.filter(({ state }) => state === 'told')).toHaveLength(30)
    for (const limit of [1, 7, 40]) expect(await attemptsOf(service, { limit })).toEqual(all)
    for (const state of ['told', 'failed'] as const)
      expect(await attemptsOf(service, { state, limit: 5 })).toEqual(all.filter((one) => one.state === state))
    const message = all.find(({ state }) => state === 'failed')?.message ?? ''
    expect(await attemptsOf(service, { message })).toEqual(all.filter((one) => one.message === message))
    expect(await attemptsOf(service, { callback })).toEqual(all)
    expect(await attemptsOf(service, { callback: 'another' })).toEqual([])
    const first = await mail.callbacks.attempts({ limit: 10 })
    await mail.send({ ...welcome, to: 'more@office.example' })
    await settle(service)
    const rest = await attemptsOf(service, { limit: 10, cursor: first.next ?? '' })
    expect([...first.items, ...rest]).toEqual(all)
    await expect(mail.callbacks.attempts({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('a receiver that is gone', () => {
  it('CBK-4: answers 410 once, is told nothing more, and everything waits to be replayed until it is enabled', async () => {
    let gone = true
    const service = await aTellingService({ answer: () => (gone ? answered(410) : answered(204)) })
    const { mail } = service
    const heard: unknown[] = []
    mail.on('callback-gone', (event) => heard.push(event))
    const { id } = await mail.callbacks.setAccount({ url: HOOK })
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    await mail.send({ ...welcome, to: 'bob@office.example' })
    await settle(service, START + DAY)
    expect(service.told()).toHaveLength(1)
    expect(await mail.callbacks.resolve()).toMatchObject({ id, state: 'gone', goneAt: START })
    expect(heard).toEqual([{ type: 'callback-gone', at: START, account: 'default', callback: id }])
    expect((await parkedOf(service)).map(({ why }) => why)).toEqual(['endpoint gone', 'status 410'])
    expect(await mail.callbacks.replay({ from: 0, to: START + DAY })).toEqual({ replayed: 0, left: 2 })
    gone = false
    expect(await mail.callbacks.enable({ id })).toMatchObject({ state: 'active', goneAt: null })
    expect(await mail.callbacks.replay({ from: 0, to: START + DAY })).toEqual({ replayed: 2, left: 0 })
    await settle(service, START + 2 * DAY)
    expect(
      service
        .told()
        .slice(1)
        .map(({ event }) => event.email)
        .sort(),
    ).toEqual(['ann@office.example', 'bob@office.example'])
  })

  it('CBK-4: is active again when it is set again; a 410 that comes after that does not close the new URL', async () => {
    const service = await aTellingService({
      answer: async ({ url }) => {
        if (url !== HOOK) return answered(204)
        await service.mail.callbacks.setAccount({ url: OTHER_HOOK })
        return answered(410)
      },
    })
    await service.mail.callbacks.setAccount({ url: HOOK })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service, START + HOUR)
    expect(await service.mail.callbacks.resolve()).toMatchObject({ state: 'active', url: OTHER_HOOK })
    expect(service.told().map(({ request }) => request.url)).toEqual([HOOK, OTHER_HOOK])
    expect(await parkedOf(service)).toEqual([])
  })
})
