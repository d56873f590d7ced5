import type { RecipientOutcome } from '@mailwright/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { accepted, aService, aTask, DAY, refused, START, settle, statesOf, welcome } from './a-service.js'

const MINUTE = 60_000
const held = (forMs: number): RecipientOutcome => ({ type: 'held', forMs, cause: 'hoster.example is left alone' })

/** A service whose transport holds what it is given until the time comes, and notes when it was asked. */
async function holding(until: number, { direct = true, forMs = 7 * MINUTE } = {}) {
  const asked: number[] = []
  const service = await aService({
    direct,
    answer: () => {
      const now = service.clock.now()
      asked.push(now)
      return now < until ? held(Math.min(forMs, until - now)) : accepted
    },
  })
  return { service, asked }
}

describe('a mail that its transport holds', () => {
  it.each([true, false])('TSK-12: comes back when the transport says, uncounted (direct: %s)', async (direct) => {
    const { service, asked } = await holding(START + 7 * MINUTE, { direct })
    const events: string[] = []
    for (const type of ['deferred', 'expired', 'failed', 'delivered'] as const)
      service.mail.on(type, () => void events.push(type))
    await service.mail.send({ ...welcome, to: 'ann@a.example' })
    await settle(service, START + 6 * MINUTE)
    const [waiting] = (await service.mail.deliveries.messages({})).items
    expect(waiting).toMatchObject({ state: 'accepted', attempts: 0 })
    await settle(service, START + 7 * MINUTE)
    expect(asked).toEqual([START, START + 7 * MINUTE])
    const [sent] = (await service.mail.deliveries.messages({})).items
    expect(sent).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(events).toEqual(['delivered'])
    expect(await service.mail.health()).toMatchObject({ ok: true })
    expect(service.problems).toEqual([])
  })

  it('TSK-3: of a batch keeps its run open and its grant, moves no progress, and is counted once when it goes', async () => {
    const { service, asked } = await holding(START + 7 * MINUTE)
    const { id } = await aTask(service, 30)
    await settle(service, START + 6 * MINUTE)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'sending', sent: 0, progress: 0 })
    await settle(service, START + 8 * MINUTE)
    expect(asked).toHaveLength(60)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 30, progress: 1 })
    const { items } = await service.mail.deliveries.messages({ limit: 100 })
    expect(new Set(items.map(({ attempts }) => attempts))).toEqual(new Set([1]))
    expect(service.problems).toEqual([])
  })

  it('TSK-12: a hold between two attempts does not lengthen the wait after the second', async () => {
    const asked: number[] = []
    const answers = [refused(451, '4.3.0'), held(3 * MINUTE), held(3 * MINUTE), refused(451, '4.3.0'), accepted]
    const service = await aService({
      direct: true,
      answer: () => {
        asked.push(service.clock.now() - START)
        return answers[asked.length - 1] ?? accepted
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@a.example' })
    await settle(service, START + 60 * MINUTE)
    const [first = 0, second = 0, third = 0, last = 0] = asked.slice(1).map((at, index) => at - (asked[index] ?? 0))
    expect([second, third]).toEqual([3 * MINUTE, 3 * MINUTE])
    // The first and the second delay, each by at most a tenth longer or shorter; counted, the holds would make it the fourth.
    expect([Math.abs(first - 5 * MINUTE), Math.abs(last - 10 * MINUTE)].filter((off) => off > MINUTE)).toEqual([])
    const [sent] = (await service.mail.deliveries.messages({})).items
    expect(sent).toMatchObject({ state: 'delivered', attempts: 3 })
  })

  it('TRG-8: that is held for good ends with its life, and was asked for not more than every second', async () => {
    const { service, asked } = await holding(START + 10 * DAY, { forMs: 0 })
    await service.mail.send({ ...welcome, to: 'ann@a.example', validForSeconds: 120 })
    await settle(service, START + 10 * MINUTE)
    expect(await statesOf(service)).toEqual({ 'ann@a.example': 'expired' })
    expect(asked.length).toBeLessThanOrEqual(120)
    const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0))
    expect(Math.min(...gaps)).toBe(1_000)
  })

  it('TSK-12: after 72 hours of deferrals and holds it is given up as a soft bounce', async () => {
    let asked = 0
    const service = await aService({
      direct: true,
      answer: () => {
        asked += 1
        return asked === 1 ? refused(451, '4.3.0') : held(6 * 60 * MINUTE)
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@a.example' })
    await settle(service, START + 4 * DAY)
    const [mail] = (await service.mail.deliveries.messages({})).items
    expect(mail).toMatchObject({ state: 'bounced', attempts: 1 })
  })
})

/** What the service waits for in real time passes when the test says so. */
const turns = async () => {
  for (let turn = 0; turn < 30; turn += 1) {
    await vi.advanceTimersByTimeAsync(5)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a mail that is held after its chunk has let it go', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('REL-2: comes back when the transport says, once, and not when an unanswered one would', async () => {
    const asked: string[] = []
    let answer: (outcome: RecipientOutcome) => void = () => {}
    const first = new Promise<RecipientOutcome>((resolve) => {
      answer = resolve
    })
    const service = await aService({
      direct: true,
      answer: (_, to) => {
        asked.push(to)
        return to === 'readers0@readers.example' && asked.length <= 5 ? first : accepted
      },
    })
    const { mail, clock } = service
    const { id } = await aTask(service, 5)
    const ticking = mail.tick({ maxMs: 600_000 })
    await turns()
    for (let look = 1; look < 8; look += 1) {
      await clock.stepTo(START + look * 6_000)
      await vi.advanceTimersByTimeAsync(5_100)
      await turns()
    }
    answer(held(3 * MINUTE))
    await turns()
    await ticking
    expect(await mail.tasks.get(id)).toMatchObject({ delivered: 4 })
    const back = clock.now() + 3 * MINUTE
    await clock.stepTo(back - 1)
    const early = mail.tick({ maxMs: 1_000 })
    await turns()
    await early
    expect(asked).toHaveLength(5)
    await clock.stepTo(back)
    const late = mail.tick({ maxMs: 1_000 })
    await turns()
    await late
    expect(asked.slice(5)).toEqual(['readers0@readers.example'])
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 5 })
    expect(service.problems).toEqual([])
  })
})
