import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { QueueStatus, RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  aTask,
  DAY,
  DOMAIN,
  otherMail,
  refused,
  START,
  settle,
  statesOf,
  welcome,
} from './a-service.js'

const MINUTE = 60_000

const answer = (_: unknown, to: string): RecipientOutcome => {
  if (to.startsWith('hard')) return refused(550, '5.1.1', 'no such user')
  return to.startsWith('later') ? refused(451, '4.3.0', 'come again') : accepted
}

describe('deliveries.queueStatus', () => {
  it('DLV-1: gives a point for each minute with what happened in it, whenever the mail was sent', async () => {
    const service = await aService({ answer })
    const { mail, clock } = service
    await mail.blocklist.custom.add({ addresses: ['blocked@a.example'] })
    for (const to of ['ann@a.example', 'hard@b.example', 'later@a.example']) await mail.send({ ...welcome, to })
    await expect(mail.send({ ...welcome, to: 'blocked@a.example' })).rejects.toBeDefined()
    clock.stepTo(START + 2 * MINUTE)
    await settle(service)
    const { series } = await mail.deliveries.queueStatus({ minutes: 4 })
    expect(series).toEqual([
      { at: START - MINUTE, sent: 0, delivered: 0, deferred: 0, bounced: 0, rejected: 0 },
      { at: START, sent: 0, delivered: 0, deferred: 0, bounced: 0, rejected: 1 },
      { at: START + MINUTE, sent: 0, delivered: 0, deferred: 0, bounced: 0, rejected: 0 },
      { at: START + 2 * MINUTE, sent: 3, delivered: 1, deferred: 1, bounced: 1, rejected: 0 },
    ])
    const sum = async (input: Parameters<typeof mail.deliveries.queueStatus>[0]) =>
      (await mail.deliveries.queueStatus(input)).series.reduce((total, { sent }) => total + sent, 0)
    expect(await sum({ recipientDomains: ['a.example'] })).toBe(2)
    expect(await sum({ recipientDomains: ['b.example'], domains: [DOMAIN] })).toBe(1)
    expect(await sum({ domains: ['other.example'] })).toBe(0)
  })

  it('DLV-1: counts what is queued: accepted, put off, granted and cached, by sender and recipient domain', async () => {
    const service = await aService({ answer })
    const { mail, clock } = service
    const queued = async () => (await mail.deliveries.queueStatus()).queued
    expect(await queued()).toEqual({ total: 0, byDomain: [], byRecipientDomain: [], others: 0 })
    await mail.send({ ...welcome, to: ['ann@a.example', 'later@b.example'] })
    expect(await queued()).toMatchObject({ total: 2, byDomain: [{ domain: DOMAIN, count: 2 }] })
    await settle(service)
    expect(await queued()).toMatchObject({ total: 1, byRecipientDomain: [{ recipientDomain: 'b.example', count: 1 }] })
    await aTask(service, 1_300)
    await settle(service)
    // 500 of level 1 and the raise to 1,000, less two single mails; the rest is cached.
    const { queued: parked } = await mail.deliveries.queueStatus()
    const sent = Object.values(await statesOf(service)).filter((state) => state === 'delivered').length - 1
    expect(parked).toEqual({
      total: 1_300 - sent + 1,
      byDomain: [{ domain: DOMAIN, count: 1_300 - sent + 1 }],
      byRecipientDomain: [
        { recipientDomain: 'readers.example', count: 1_300 - sent },
        { recipientDomain: 'b.example', count: 1 },
      ],
      others: 0,
    })
    expect((await mail.deliveries.queueStatus({ recipientDomains: ['b.example'] })).queued.total).toBe(1)
    expect((await mail.deliveries.queueStatus({ domains: ['other.example'] })).queued.total).toBe(0)
    await settle(service, clock.now() + 6 * DAY)
    expect((await queued()).total).toBe(0)
  })

  it('DLV-1: is exact while a batch is on its way, with chunks half settled', async () => {
    const wrong: string[] = []
    let asked = 0
    const service = await aService({
      policy: { startLevel: 20, chunkRows: 100, unsettledMax: 40 },
      async answer() {
        asked += 1
        if (asked % 70 === 0) {
          const before = await ended()
          const { total } = (await service.mail.deliveries.queueStatus()).queued
          const after = await ended()
          if (total > 450 - before || total < 450 - after) wrong.push(`${total} queued, ${before} to ${after} ended`)
        }
        return accepted
      },
    })
    const ended = async () => (await service.mail.deliveries.messages({ limit: 1_000 })).items.length
    await aTask(service, 450)
    await settle(service)
    expect(asked).toBe(450)
    expect(wrong).toEqual([])
  })

  it('DLV-1: a cancelled task queues nothing', async () => {
    const service = await aService()
    const { id } = await aTask(service, 1_300)
    await settle(service)
    await service.mail.tasks.cancel(id)
    expect((await service.mail.deliveries.queueStatus()).queued.total).toBe(0)
  })

  it('ACC-2: shows nothing of another account', async () => {
    const service = await aService()
    const other = await anotherAccount(service)
    await other.send(otherMail('ann@a.example'))
    expect((await service.mail.deliveries.queueStatus()).queued.total).toBe(0)
    expect((await other.deliveries.queueStatus()).queued.total).toBe(1)
    await settle(service)
    expect((await service.mail.deliveries.queueStatus()).series.some(({ sent }) => sent > 0)).toBe(false)
  })
})

describe('deliveries.live', () => {
  const sentIn = ({ series }: QueueStatus) => series.reduce((sum, { sent }) => sum + sent, 0)

  it('DLV-1: tells of what this process does, and ends with its signal', async () => {
    const service = await aService()
    const { mail } = service
    const ended = new AbortController()
    const seen: [number, number][] = []
    for await (const status of mail.deliveries.live({ minutes: 5 }, { signal: ended.signal })) {
      seen.push([sentIn(status), status.queued.total])
      if (seen.length === 1) await mail.send({ ...welcome, to: 'ann@a.example' })
      if (status.queued.total === 1) await mail.tick()
      if (sentIn(status) === 1) ended.abort()
    }
    expect(seen).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ])
  })

  it('DLV-1: tells of what another process does without being told', async () => {
    const storage = memoryStorage()
    const service = await aService({ storage })
    const watcher = await aService({ storage })
    const live = watcher.mail.deliveries.live()[Symbol.asyncIterator]()
    expect(sentIn((await live.next()).value as QueueStatus)).toBe(0)
    await service.mail.send({ ...welcome, to: 'ann@a.example' })
    await service.mail.tick()
    expect(sentIn((await live.next()).value as QueueStatus)).toBe(1)
    await live.return?.(undefined)
  })

  it('DLV-1: a slow reader gets the newest state, not a backlog, and the end of the service ends it', async () => {
    const service = await aService()
    const { mail } = service
    const live = mail.deliveries.live()[Symbol.asyncIterator]()
    await live.next()
    for (let n = 0; n < 20; n += 1) {
      await mail.send({ ...welcome, to: `ann${n}@a.example` })
      await mail.tick()
    }
    expect(sentIn((await live.next()).value as QueueStatus)).toBe(20)
    const next = live.next()
    await mail.stop({ drainMs: 1_000 })
    expect((await next).done).toBe(true)
  })
})
