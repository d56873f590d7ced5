import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, DOMAIN, refused, SENDER, START, settle, welcome } from './a-service.js'

const MINUTE = 60_000

describe('the figures of a task', () => {
  it('TSK-3: the list shows type, state, progress, requests, sent, cached, delivered, failed, created, next run and error', async () => {
    const service = await aService({ policy: { raise: 'one-per-day' }, answer: () => refused(452, '4.2.2') })
    const { mail } = service
    const { id: immediate } = await aTask(service, 600)
    await settle(service)
    const { id: hourly } = await mail.tasks.create({
      type: 'recurring',
      from: SENDER,
      template: 'welcome',
      group: 'readers',
      startAt: START + 60 * MINUTE,
      timeZone: 'UTC',
      every: { n: 1, unit: 'hours' },
    })
    await mail.groups.create({ name: 'others' })
    await mail.groups.importCsv('others', 'email,name\nann@readers.example,Ann\n')
    const { id: broken } = await mail.tasks.create({
      type: 'immediate',
      from: SENDER,
      template: 'welcome',
      group: 'others',
    })
    await mail.groups.importCsv('others', 'email,city\nann@readers.example,Rome\n', { mode: 'replace' })
    await settle(service)
    const { items } = await mail.tasks.list()
    expect(new Map(items.map((task) => [task.id, task]))).toMatchObject(
      new Map([
        [broken, expect.objectContaining({ type: 'immediate', state: 'failed', sent: 0 })],
        [hourly, expect.objectContaining({ type: 'recurring', state: 'to-start', nextRun: START + 60 * MINUTE })],
        [
          immediate,
          expect.objectContaining({
            type: 'immediate',
            state: 'paused',
            requests: 600,
            sent: 500,
            cached: 100,
            delivered: 0,
            failed: 0,
            createdAt: START,
            nextRun: null,
            error: null,
          }),
        ],
      ]),
    )
    expect(items.find(({ id }) => id === broken)?.error).toMatchObject({ code: 'VARIABLES_MISMATCH' })
    expect(items.find(({ id }) => id === immediate)?.progress).toBeCloseTo(500 / 600)
  })

  it('TSK-3: refused rows move the progress, retries do not', async () => {
    let attempts = 0
    const service = await aService({
      answer: (_, to) => {
        attempts += 1
        return to < 'readers4' && service.clock.now() < START + 60 * MINUTE ? refused(451, '4.3.0') : accepted
      },
    })
    const { mail } = service
    await mail.blocklist.custom.add({ addresses: ['readers8@readers.example', 'readers9@readers.example'] })
    const { id } = await aTask(service, 10)
    await settle(service)
    const first = await mail.tasks.get(id)
    expect(first).toMatchObject({ progress: 1, sent: 8, blocked: 2, delivered: 4, deferred: 4 })
    expect(attempts).toBe(8)
    await settle(service, START + 30 * MINUTE)
    expect(attempts).toBeGreaterThan(8)
    expect(await mail.tasks.get(id)).toMatchObject({ progress: 1, sent: 8, delivered: 4, deferred: 4 })
    await settle(service, START + 180 * MINUTE)
    expect(await mail.tasks.get(id)).toMatchObject({ progress: 1, sent: 8, delivered: 8, deferred: 0 })
  })
})

describe('the limit of a day', () => {
  /** Mail that is put off is not settled, so no level is raised. */
  const deferring = { answer: () => refused(452, '4.2.2') }
  const usedToday = async ({ mail }: Awaited<ReturnType<typeof aService>>) =>
    (await mail.domains.get(DOMAIN)).allowance?.usedToday

  it('TSK-6: each recipient counts, Cc and Bcc too', async () => {
    const service = await aService(deferring)
    await service.mail.send({
      ...welcome,
      to: ['a@office.example', 'b@office.example'],
      cc: 'c@office.example',
      bcc: ['d@office.example', 'e@office.example'],
    })
    expect(await usedToday(service)).toBe(5)
    await aTask(service, 493)
    await settle(service)
    expect(await usedToday(service)).toBe(498)
    const three = { to: 'f@office.example', cc: 'g@office.example', bcc: 'h@office.example' }
    await expect(service.mail.send({ ...welcome, ...three })).rejects.toMatchObject({ code: 'DAILY_LIMIT' })
    await service.mail.send({ ...welcome, to: three.to, bcc: three.bcc })
    expect(await usedToday(service)).toBe(500)
  })

  it('TSK-6: the tasks of a domain share it, the oldest goes on first', async () => {
    const service = await aService(deferring)
    const ids: string[] = []
    for (const name of ['zeta', 'alpha', 'mid']) {
      ids.push((await aTask(service, 400, name)).id)
      await service.clock.stepBy(1_000)
    }
    const sent = () => Promise.all(ids.map(async (id) => (await service.mail.tasks.get(id)).sent))
    await settle(service)
    expect(await sent()).toEqual([400, 100, 0])
    await settle(service, Date.UTC(2026, 10, 24))
    await settle(service)
    expect(await sent()).toEqual([400, 400, 200])
    await settle(service, Date.UTC(2026, 10, 25))
    await settle(service)
    expect(await sent()).toEqual([400, 400, 400])
  })

  it('TSK-6: a day is one of policy.timeZone', async () => {
    const service = await aService({ ...deferring, policy: { timeZone: 'Asia/Tokyo' } })
    const midnight = Date.UTC(2026, 10, 23, 15)
    const { id } = await aTask(service, 600)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ pause: { reason: 'daily-limit', until: midnight } })
    await settle(service, midnight - 1)
    expect(await service.mail.tasks.get(id)).toMatchObject({ sent: 500, cached: 100 })
    await settle(service, midnight)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ sent: 600, cached: 0 })
    expect(await usedToday(service)).toBe(100)
  })

  it('TSK-6: what a cancel leaves unused is free again the same day', async () => {
    const service = await aService({ ...deferring, policy: { unsettledMax: 10, chunkRows: 100 } })
    const { mail } = service
    const { id } = await aTask(service, 500)
    const stop = mail.on('deferred', () => {
      stop()
      void mail.tasks.cancel(id)
    })
    await settle(service)
    const { state, sent } = await mail.tasks.get(id)
    expect(state).toBe('cancelled')
    expect(sent).toBeLessThan(500)
    expect(await usedToday(service)).toBe(sent)
    await aTask(service, 500 - sent, 'next')
    await settle(service)
    expect(await usedToday(service)).toBe(500)
  })
})
