import type { Change, Counter } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, DAY, DOMAIN, refused, rows, SENDER, START, settle } from './a-service.js'

const MIDNIGHT = START - 9 * 3_600_000

/** What the domain's day has counted, as if its mail had come to that. */
const counted = (domain: string, counter: Counter, by: number): Change => {
  const cell = { cube: 'day' as const, account: 'default', bucket: MIDNIGHT, domain }
  const cells = [{ ...cell, recipientDomain: '', template: '', task: '' }]
  return { type: 'count', shard: 0, items: [{ cells, counter, by }] }
}

describe('warnings before anything is blocked', () => {
  it('TSK-13: the domain page warns from 3 % invalid of what was settled in the last seven days, not below, not for ever', async () => {
    const gone = new Set<string>()
    const service = await aService({
      answer: (_, recipient) => (gone.has(recipient) ? refused(550, '5.1.1') : accepted),
    })
    const { mail, clock } = service
    const send = async (from: number, to: number, invalid: number) => {
      for (let at = from; at < to; at += 1) {
        const recipient = `reader${at}@readers.example`
        if (at < from + invalid) gone.add(recipient)
        await mail.send({ from: SENDER, to: recipient, subject: 'x', text: 'x' })
      }
      await settle(service)
    }
    const warnings = async () => (await mail.domains.get(DOMAIN)).warnings
    expect(await warnings()).toEqual([])
    await send(0, 100, 2)
    expect(await warnings()).toEqual([])
    await send(100, 134, 5)
    expect(await warnings()).toEqual([{ type: 'invalid-rate', invalid: 7, of: 134 }])
    clock.stepTo(MIDNIGHT + 7 * DAY - 1)
    expect(await warnings()).toHaveLength(1)
    clock.stepTo(MIDNIGHT + 7 * DAY)
    expect(await warnings()).toEqual([])
  })

  it('TSK-13: the plan warns of a complaint rate that large providers do not take', async () => {
    const { mail, storage } = await aService()
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(1))
    const { id } = await mail.domains.get(DOMAIN)
    const rate = { type: 'bulk-sender-rule', rule: 'complaint-rate' }
    const plan = async () => (await mail.tasks.plan({ from: SENDER, template: 'welcome', group: 'readers' })).warnings
    await storage.apply([{ guards: [], changes: [counted(id, 'delivered', 1_000), counted(id, 'complained', 2)] }])
    expect(await plan()).not.toContainEqual(rate)
    await storage.apply([{ guards: [], changes: [counted(id, 'complained', 1)] }])
    expect(await plan()).toContainEqual(rate)
  })
})
