import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Bundle } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, refused, SENDER, START, settle, welcome } from './a-service.js'

const TODAY = '2026-11-23'

/** What a process stores before it hands a mail over, if it must not send twice. */
const started = (id: string, now: number): Bundle => ({
  guards: [{ type: 'holder', work: id, token: 'dead' }],
  changes: [{ type: 'work.advance', id, token: 'dead', startedThrough: 1, leaseUntil: now + 60_000, watch: [] }],
})

describe('the allowance of a day', () => {
  it('TSK-6: a retry takes none, also when the first attempt broke off before the mail was taken', async () => {
    const storage = memoryStorage()
    let first = true
    const service = await aService({
      storage,
      answer: () => {
        const broken = first
        first = false
        return broken ? { type: 'unreached', stage: 'data', cause: 'connection lost' } : accepted
      },
    })
    const { id } = await aTask(service, 3)
    const { domain } = await service.mail.tasks.get(id)
    await settle(service, START + 5 * 60_000)
    expect(service.transport.count).toBe(3)
    expect(await storage.read.quota({ scope: domain, day: TODAY })).toMatchObject({ granted: 3 })
  })

  it('TSK-6, REL-2: a mail that may have left with a process that died gives nothing back', async () => {
    const storage = memoryStorage()
    const service = await aService({ storage, policy: { onUnknown: 'stop' } })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    // Another process has claimed it, handed it over, and died.
    const now = service.clock.now()
    const claim = { kinds: ['send'], now, leaseUntil: now + 60_000, expiredBefore: now, token: 'dead', limit: 10 }
    const [work] = await storage.claim({ ...claim, exceptLanes: [] })
    await storage.apply([started(work?.id ?? '', now)])
    await settle(service, START + 120_000)
    expect(service.transport.count).toBe(0)
    const [{ id } = { id: '' }] = (await service.mail.domains.list()).items
    expect(await storage.read.quota({ scope: id, day: TODAY })).toMatchObject({ granted: 1 })
  })

  it('TSK-10: a row put off by its provider and granted for today fails when the domain is blocked', async () => {
    const storage = memoryStorage()
    let asked = 0
    const service = await aService({
      storage,
      answer: () => {
        asked += 1
        return asked === 1 ? refused(421, '4.7.0', 'slow down') : accepted
      },
      concurrency: 2,
    })
    await service.mail.groups.create({ name: 'readers' })
    const list = Array.from({ length: 10 }, (_, index) => `r${index}@slow.example,R`)
    await service.mail.groups.importCsv('readers', `email,name\n${list.join('\n')}\n`)
    const { id } = await service.mail.tasks.create({
      type: 'immediate',
      from: SENDER,
      template: 'welcome',
      group: 'readers',
    })
    const { domain } = await service.mail.tasks.get(id)
    await service.mail.tick()
    expect(asked).toBe(1)
    const block = { type: 'quota.block', scope: domain, day: TODAY } as const
    await storage.apply([{ guards: [], changes: [{ type: 'epoch.bump', keys: [`domain:${domain}`] }, block] }])
    await settle(service, START + 3_600_000)
    const task = await service.mail.tasks.get(id)
    expect({ sent: task.sent, failed: task.failed }).toEqual({ sent: 1, failed: 9 })
  })
})
