import { describe, expect, it } from 'vitest'
import { aService, aTask, DAY, refused, rows, SENDER, START, settle } from './a-service.js'

describe('a batch', () => {
  it('TSK-3: sends every row once and ends done, its figures adding up', async () => {
    const service = await aService({ policy: { startLevel: 5 } })
    const { id } = await aTask(service, 1_200)
    await settle(service)
    const task = await service.mail.tasks.get(id)
    expect(task).toMatchObject({
      state: 'done',
      requests: 1_200,
      sent: 1_200,
      delivered: 1_200,
      cached: 0,
      failed: 0,
      progress: 1,
    })
    expect(new Set(service.transport.messages.map(({ envelope }) => envelope.to[0])).size).toBe(1_200)
    expect(service.transport.count).toBe(1_200)
    expect(service.problems).toEqual([])
  })

  it('TSK-1: recipients of a batch see only themselves in To', async () => {
    const service = await aService()
    await aTask(service, 3)
    await settle(service)
    for (const { envelope, content } of service.transport.messages) {
      const to = /^To: (.*)$/m.exec(Buffer.from(content).toString())?.[1]?.trim()
      expect(to).toBe(envelope.to[0])
    }
  })

  it('TSK-6, TSK-7, TSK-8: parks what the day does not allow, raises one level a day, and goes on by itself', async () => {
    const service = await aService()
    const { id } = await aTask(service, 10_000)
    const days: number[] = []
    for (let day = 0; day < 4; day += 1) {
      await settle(service)
      const before = days.reduce((sum, count) => sum + count, 0)
      days.push(service.transport.count - before)
      const task = await service.mail.tasks.get(id)
      if (day < 3) {
        expect(task).toMatchObject({
          state: 'paused',
          pause: { reason: 'daily-limit', until: Date.UTC(2026, 10, 24 + day) },
        })
        expect(task.cached).toBe(10_000 - service.transport.count)
        expect(task.progress).toBeCloseTo(service.transport.count / 10_000)
        await settle(service, Date.UTC(2026, 10, 24 + day))
      } else {
        expect(task.state).toBe('done')
      }
    }
    expect(days).toEqual([1_000, 2_000, 5_000, 2_000])
    expect(service.problems).toEqual([])
  })

  it('TSK-6: a blocked recipient gives the grant back, so that the day is still used up', async () => {
    const service = await aService({
      policy: { raise: 'one-per-day', startLevel: 1 },
      answer: () => refused(452, '4.2.2', 'mailbox full'),
    })
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', rows(600))
    await service.mail.blocklist.custom.add({
      addresses: Array.from({ length: 50 }, (_, index) => `reader${index}@readers.example`),
      reason: 'asked',
    })
    const { id } = await service.mail.tasks.create({
      type: 'immediate',
      from: SENDER,
      template: 'welcome',
      group: 'readers',
    })
    await service.mail.tick()
    const task = await service.mail.tasks.get(id)
    expect(task.sent).toBe(500)
    expect(task.blocked + task.sent + task.cached).toBe(600)
  })

  it('TSK-4: a run keeps the rows and the template version of its start', async () => {
    const service = await aService()
    const { id } = await aTask(service, 1_500)
    await settle(service)
    await service.mail.groups.importCsv('readers', 'email,name\nlate@readers.example,Late\n')
    await service.mail.templates.update('welcome', { subject: 'Changed {{name}}', html: '<p>Changed {{name}}</p>' })
    await settle(service, START + DAY)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'done', requests: 1_500 })
    expect(service.transport.messages.some(({ content }) => Buffer.from(content).includes('Changed'))).toBe(false)
    expect(service.transport.messages.some(({ envelope }) => envelope.to[0] === 'late@readers.example')).toBe(false)
  })

  it('TSK-4: a start whose template is gone fails with the reason', async () => {
    const service = await aService()
    const { id } = await aTask(service, 3)
    await service.mail.groups.importCsv('readers', 'email,name,city\nx@readers.example,X,Y\n', { mode: 'replace' })
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'failed', error: { code: 'VARIABLES_MISMATCH' } })
  })

  it('TSK-2: refuses a group whose variables are not those of the template', async () => {
    const service = await aService()
    await service.mail.groups.create({ name: 'other' })
    await service.mail.groups.importCsv('other', 'email,city\nx@readers.example,Y\n')
    await expect(
      service.mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'other' }),
    ).rejects.toMatchObject({
      code: 'VARIABLES_MISMATCH',
      details: { missing: ['name'], unknown: ['city'] },
    })
    expect((await service.mail.tasks.list()).items).toEqual([])
  })

  it('TSK-9, TSK-10: too many bad addresses block the domain for the day; granted rows fail with the reason and can be requeued', async () => {
    let bad = true
    const service = await aService({
      policy: { startLevel: 5, chunkRows: 200 },
      answer: () => (bad ? refused(550, '5.1.1', 'no such user') : { type: 'accepted', remoteId: null, reply: null }),
    })
    const { id } = await aTask(service, 3_000)
    await settle(service)
    const blocked = await service.mail.tasks.get(id)
    expect(blocked.bounced).toBeGreaterThan(300)
    expect(blocked.failed).toBeGreaterThan(0)
    expect(blocked.bounced + blocked.failed + blocked.cached).toBe(3_000)
    await expect(
      service.mail.send({ from: SENDER, to: 'ann@office.example', template: 'welcome', variables: { name: 'Ann' } }),
    ).rejects.toMatchObject({ code: 'DOMAIN_BLOCKED_TODAY' })
    bad = false
    service.clock.stepTo(START + DAY)
    const { requeued } = await service.mail.tasks.retryFailed(id)
    expect(requeued).toBe(blocked.failed)
    await settle(service)
    const after = await service.mail.tasks.get(id)
    expect(after).toMatchObject({ failed: 0, delivered: blocked.failed })
  })

  it('TSK-12: a provider that asks for a rest gets ten minutes, others go on', async () => {
    let asked = 0
    const service = await aService({
      answer: ({ envelope }) => {
        if (!envelope.to[0]?.endsWith('@slow.example')) return { type: 'accepted', remoteId: null, reply: null }
        asked += 1
        return asked === 1 ? refused(421, '4.7.0', 'slow down') : { type: 'accepted', remoteId: null, reply: null }
      },
    })
    await service.mail.groups.create({ name: 'readers' })
    const list = Array.from({ length: 40 }, (_, index) => `r${index}@${index % 2 ? 'slow' : 'fast'}.example,R`)
    await service.mail.groups.importCsv('readers', `email,name\n${list.join('\n')}\n`)
    const { id } = await service.mail.tasks.create({
      type: 'immediate',
      from: SENDER,
      template: 'welcome',
      group: 'readers',
    })
    await service.mail.tick()
    const first = await service.mail.tasks.get(id)
    expect(first.delivered).toBeGreaterThanOrEqual(20)
    await settle(service, START + 9 * 60_000)
    expect((await service.mail.tasks.get(id)).delivered).toBe(first.delivered)
    await settle(service, START + 30 * 60_000)
    expect((await service.mail.tasks.get(id)).delivered).toBe(40)
  })

  it('TSK-14, REL-5: after pause and cancel no further mail is started', async () => {
    const service = await aService({ policy: { startLevel: 5, unsettledMax: 20 } })
    const { id } = await aTask(service, 2_000)
    const started = service.mail.tick({ maxMs: 60_000 })
    await new Promise<void>((resolve) => {
      const stop = service.mail.on('delivered', () => {
        stop()
        resolve()
      })
    })
    await service.mail.tasks.pause(id)
    const count = service.transport.count
    await started
    expect(service.transport.count).toBeLessThanOrEqual(count + 20)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'paused', pause: { reason: 'operator' } })
    await service.mail.tasks.restart(id)
    await service.mail.tasks.cancel(id)
    await settle(service)
    const task = await service.mail.tasks.get(id)
    expect(task.state).toBe('cancelled')
    expect(task.delivered + task.cancelled).toBe(2_000)
    await expect(service.mail.tasks.restart(id)).rejects.toMatchObject({
      code: 'STATE_INVALID',
      details: { state: 'cancelled' },
    })
  })

  it('ACC-4: two creates with one idempotency key make one task, another body is a conflict', async () => {
    const service = await aService()
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', rows(3))
    const create = (subject?: string) =>
      service.mail.tasks.create({
        type: 'immediate',
        from: SENDER,
        template: 'welcome',
        group: 'readers',
        idempotencyKey: 'once',
        ...(subject ? { subject } : {}),
      })
    const answers = await Promise.all(Array.from({ length: 20 }, () => create()))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    await expect(create('Other {{name}}')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    expect((await service.mail.tasks.list()).items).toHaveLength(1)
  })

  it('SND-4: what an unfinished task uses is not deleted, and the error names the task', async () => {
    const service = await aService()
    const { id } = await aTask(service, 3)
    for (const call of [
      () => service.mail.senders.delete(SENDER),
      () => service.mail.templates.delete('welcome'),
      () => service.mail.groups.delete('readers'),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'IN_USE', details: { tasks: [id] } })
    }
    await settle(service)
    await service.mail.groups.delete('readers')
  })

  it('ACC-5: with a large batch queued, another account is not starved', async () => {
    const service = await aService({ policy: { startLevel: 20, unsettledMax: 50 } })
    const other = service.mail.account('other')
    await other.domains.create({ name: 'mail.other.example', trust: 'operator' })
    await other.senders.create({ address: 'hi@mail.other.example' })
    await other.templates.create({ name: 't', subject: 'Hi {{name}}', html: '<p>{{name}}</p>' })
    await other.groups.create({ name: 'g' })
    await other.groups.importCsv('g', rows(400, 'others.example'))
    await aTask(service, 20_000)
    await service.mail.tick({ maxMs: 1 })
    // Whoever ranks by time is later by more than the large batch has rows.
    await service.clock.stepBy(30_000)
    await other.tasks.create({ type: 'immediate', from: 'hi@mail.other.example', template: 't', group: 'g' })
    await settle(service)
    const last = service.transport.messages.findLastIndex(({ envelope }) => envelope.to[0]?.endsWith('@others.example'))
    expect(last).toBeLessThan(10_000)
    expect(service.transport.count).toBe(20_400)
  })
})
