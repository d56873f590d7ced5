import { describe, expect, it } from 'vitest'
import {
  accepted,
  aService,
  aTask,
  DAY,
  opened,
  refused,
  rows,
  SENDER,
  type Service,
  START,
  settle,
  welcome,
} from './a-service.js'

const batch = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const
const TOMORROW = Date.UTC(2026, 10, 24)
const free = { ...welcome, to: 'free@office.example' }

async function sentPerDay(service: Service, days: number): Promise<readonly number[]> {
  const counts: number[] = []
  for (let day = 0; day < days; day += 1) {
    await settle(service)
    counts.push(service.transport.count - counts.reduce((sum, count) => sum + count, 0))
    await settle(service, TOMORROW + day * DAY)
  }
  return counts
}

describe('tasks', () => {
  it('TSK-11: a bounce counts for the level of the day it arrives, and in the statistics of the day of sending', async () => {
    let bad = false
    const service = await aService({ answer: () => (bad ? refused(550, '5.1.1') : refused(452, '4.2.2')) })
    await service.clock.stepTo(TOMORROW - 600_000)
    await aTask(service, 400)
    await settle(service, TOMORROW)
    await service.mail.send({ ...welcome, to: 'first@office.example' })
    bad = true
    await settle(service, TOMORROW + 3_600_000)
    await expect(service.mail.send(free)).rejects.toMatchObject({
      code: 'DOMAIN_BLOCKED_TODAY',
      details: { until: TOMORROW + DAY },
    })
    const { items } = await service.mail.statistics.sending({ from: START - DAY, to: START + 3 * DAY })
    expect(items.map(({ period, counts }) => [period, counts.bouncedHard])).toEqual([
      ['2026-11-23', 400],
      ['2026-11-24', 1],
    ])
    await service.clock.stepTo(TOMORROW + DAY)
    await service.mail.send(free)
  })

  it('TSK-11: a closed day’s decision stands, and no day counts for the next', async () => {
    const service = await aService({ answer: () => refused(550, '5.1.1') })
    await aTask(service, 400)
    await settle(service)
    await expect(service.mail.send(free)).rejects.toMatchObject({ code: 'DOMAIN_BLOCKED_TODAY' })
    await settle(service, TOMORROW)
    await service.mail.send(free)
  })

  it('TSK-13: the plan says who will be refused and on which days the rest goes, stores and sends nothing, and comes true', async () => {
    const service = await aService()
    const { mail } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(4_000))
    await mail.blocklist.custom.add({ addresses: ['reader7@readers.example', 'reader3999@readers.example'] })
    const before = JSON.stringify([await mail.tasks.list(), await mail.deliveries.messages()])
    const { type: _, ...what } = batch
    const plan = await mail.tasks.plan(what)
    expect(plan).toMatchObject({ recipients: 4_000, sendable: 3_998 })
    expect(plan.refused).toEqual([
      { code: 'CUSTOM_BLOCKED', count: 2, examples: expect.arrayContaining(['reader7@readers.example']) },
    ])
    await settle(service)
    expect(JSON.stringify([await mail.tasks.list(), await mail.deliveries.messages()])).toBe(before)
    expect(service.transport.count).toBe(0)
    const { id } = await mail.tasks.create(batch)
    expect(await sentPerDay(service, plan.days.length)).toEqual(plan.days.map(({ count }) => count))
    expect(plan.days.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25'])
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 3_998, blocked: 2 })
  })

  it('TSK-13: warns from 3 % invalid addresses, not below', async () => {
    const service = await aService({ answer: () => refused(550, '5.1.1') })
    const { mail } = service
    for (let index = 0; index < 3; index += 1) await mail.send({ ...welcome, to: `reader${index}@readers.example` })
    await settle(service)
    const { type: _, ...what } = batch
    const warned = async (count: number) => {
      await mail.groups.create({ name: `g${count}` })
      await mail.groups.importCsv(`g${count}`, rows(count))
      const { warnings } = await mail.tasks.plan({ ...what, group: `g${count}` })
      return JSON.stringify(warnings).toLowerCase().includes('invalid')
    }
    expect(await warned(100)).toBe(true)
    expect(await warned(101)).toBe(false)
  })

  it('TSK-13: testSend writes once to the operator, with the first row’s values', async () => {
    const service = await aService()
    const { mail, transport } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(30))
    const { type: _, ...what } = batch
    const { messages } = await mail.tasks.testSend({ ...what, to: 'me@shop.example' })
    expect(messages).toMatchObject([{ to: 'me@shop.example', state: 'accepted' }])
    await settle(service)
    expect(transport.messages.map(({ envelope }) => envelope.to)).toEqual([['me@shop.example']])
    const [{ content } = { content: new Uint8Array() }] = transport.messages
    expect((await opened(content)).subject).toBe('Welcome, Reader 0')
    expect((await mail.tasks.list()).items).toEqual([])
  })

  it('TSK-14: the limit’s pause ends by itself; the operator’s does not', async () => {
    const service = await aService()
    const { id } = await aTask(service, 1_500)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ pause: { reason: 'daily-limit', until: TOMORROW } })
    await service.mail.tasks.pause(id)
    await settle(service, TOMORROW + DAY)
    expect(await service.mail.tasks.get(id)).toMatchObject({
      state: 'paused',
      pause: { reason: 'operator', until: null },
      sent: 1_000,
    })
    await service.mail.tasks.restart(id)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'done', sent: 1_500, cached: 0 })
  })

  it('TSK-14: a restart without any allowance leaves it paused and says until when', async () => {
    const service = await aService({ answer: () => refused(452, '4.2.2') })
    const { id } = await aTask(service, 700)
    await settle(service)
    await service.mail.tasks.pause(id)
    await service.mail.tasks.restart(id)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({
      state: 'paused',
      pause: { reason: 'daily-limit', until: TOMORROW },
      cached: 200,
      sent: 500,
    })
  })

  it('TSK-14: a domain blocked for the day pauses its tasks, which go on the next day by themselves', async () => {
    let bad = true
    const service = await aService({ answer: () => (bad ? refused(550, '5.1.1') : accepted) })
    const { id } = await aTask(service, 700)
    await settle(service)
    const paused = await service.mail.tasks.get(id)
    expect(paused).toMatchObject({ state: 'paused', pause: { reason: 'domain-blocked', until: TOMORROW } })
    bad = false
    await settle(service, TOMORROW)
    await settle(service)
    const { state, delivered } = await service.mail.tasks.get(id)
    expect({ state, delivered }).toEqual({ state: 'done', delivered: paused.cached })
    expect(delivered).toBeGreaterThanOrEqual(200)
  })
})
