import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { RecipientOutcome, Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, DAY, refused, SENDER, START, settle, statesOf, welcome } from './a-service.js'

const answer = (_: unknown, to: string): RecipientOutcome =>
  to.startsWith('hard') ? refused(550, '5.1.1', 'no such user') : accepted

const requests = async (storage: Storage) =>
  (await storage.read.records({ kind: 'request', order: 'oldest', limit: 1_000 })).items

/** Mail that bounces, with content of its own. */
const bounce = (n: number) => ({ from: SENDER, to: `hard${n}@a.example`, subject: `No ${n}`, text: `Secret ${n}` })
const stored = (storage: Storage) => async (text: string) => JSON.stringify(await requests(storage)).includes(text)

describe('retention', () => {
  it('DLV-4: events go after 90 days, what was counted stays, and the last run can be seen', async () => {
    const service = await aService({ answer })
    const { mail, clock } = service
    expect((await mail.health()).retention).toBeNull()
    await mail.send(bounce(1))
    await settle(service, START + 89 * DAY)
    await mail.tick()
    expect((await mail.deliveries.bounces()).items).toHaveLength(1)
    clock.stepTo(START + 91 * DAY)
    await mail.tick()
    expect((await mail.deliveries.bounces()).items).toEqual([])
    const { total } = await mail.statistics.sending({ from: START - DAY, to: START + DAY })
    expect(total.counts).toMatchObject({ accepted: 1, bouncedHard: 1 })
    expect(await statesOf(service)).toEqual({ 'hard1@a.example': 'bounced' })
    expect((await mail.health()).retention).toMatchObject({
      startedAt: START + 91 * DAY,
      finishedAt: START + 91 * DAY,
      removed: { events: 1, contents: 0 },
    })
  })

  it('DLV-4: contents go after 7 days; who sent what subject stays, for events that come late', async () => {
    const service = await aService({ answer })
    const { mail, clock, storage } = service
    const holds = stored(storage)
    await mail.send(bounce(1))
    await mail.send({ ...welcome, to: 'ann@a.example', variables: { name: 'Secret Ann' } })
    await settle(service, START + 6 * DAY)
    await mail.tick()
    expect(await holds('Secret')).toBe(true)
    clock.stepTo(START + 8 * DAY)
    await mail.tick()
    expect(await holds('Secret')).toBe(false)
    expect(await holds('a.example')).toBe(false)
    expect((await requests(storage)).map(({ data }) => [data.subject, data.from])).toEqual([
      ['No 1', { name: 'Shop', address: SENDER }],
      ['Welcome, {{name}}', { name: 'Shop', address: SENDER }],
    ])
    expect((await mail.health()).retention?.removed.contents).toBe(2)
  })

  it('DLV-4: no content goes of mail that may still be sent, and mail that is too late still has its end', async () => {
    const service = await aService({ answer, policy: { retention: { contentsDays: 1 } } })
    const { mail, clock, storage } = service
    const holds = stored(storage)
    await mail.send({ ...bounce(1), validForSeconds: 10 * 86_400 })
    await mail.send({ ...bounce(2), validForSeconds: 3_600 })
    clock.stepTo(START + 5 * DAY)
    // Nobody has worked for five days.
    await mail.tick()
    await settle(service)
    expect([await holds('Secret 1'), await holds('Secret 2')]).toEqual([true, false])
    expect(await statesOf(service)).toEqual({ 'hard1@a.example': 'bounced', 'hard2@a.example': 'expired' })
    expect(service.problems).toEqual([])
  })

  it('DLV-4: messages and their requests go, too, if the operator says after how long', async () => {
    const service = await aService({ answer, policy: { retention: { messagesDays: 31 } } })
    const { mail, clock, storage } = service
    await mail.send(bounce(1))
    await settle(service, START + 30 * DAY)
    await mail.send(bounce(2))
    await mail.tick()
    clock.stepTo(START + 32 * DAY)
    await mail.tick()
    expect(await statesOf(service)).toEqual({ 'hard2@a.example': 'bounced' })
    expect(await requests(storage)).toHaveLength(1)
    expect((await mail.statistics.sending({ from: START - DAY, to: START + 40 * DAY })).total.counts.accepted).toBe(2)
  })

  it('DLV-4: statistics go after 25 months, the live series after 48 hours', async () => {
    const service = await aService({ answer })
    const { mail, clock, storage } = service
    await mail.send(bounce(1))
    await settle(service)
    const cells = async (cube: 'sender' | 'live') =>
      (await storage.read.tallies({ cube, account: 'default', from: 0, to: START + 2_000 * DAY })).length
    expect([await cells('sender'), await cells('live')]).toEqual([1, 1])
    clock.stepTo(START + 3 * DAY)
    await mail.tick()
    expect([await cells('sender'), await cells('live')]).toEqual([1, 0])
    clock.stepTo(START + 760 * DAY)
    await mail.tick()
    expect(await cells('sender')).toBe(1)
    clock.stepTo(START + 780 * DAY)
    await mail.tick()
    expect(await cells('sender')).toBe(0)
  })

  it('DLV-4: goes in small steps, and goes on after a kill at any of them', async () => {
    for (let alive = 0; alive < 12; alive += 1) {
      const storage = memoryStorage()
      const policy = { startLevel: 20, retention: { stepRows: 10 } }
      const first = await aService({ storage, answer, policy })
      for (let n = 0; n < 33; n += 1) await first.mail.send(bounce(n))
      await settle(first)
      let left = alive
      const purges: number[] = []
      const mortal: Storage = {
        ...storage,
        async apply(bundles, options) {
          const purging = bundles.flatMap(({ changes }) => changes).filter(({ type }) => type === 'purge')
          if (purging.length > 0 && left-- <= 0) throw new Error('killed')
          const results = await storage.apply(bundles, options)
          for (const result of results)
            for (const outcome of result.applied ? result.outcomes : [])
              if (outcome.type === 'counted') purges.push(outcome.count)
          return results
        },
      }
      const killed = await aService({ storage: mortal, answer, policy })
      killed.clock.stepTo(START + 100 * DAY)
      await killed.mail.tick().catch(() => undefined)
      expect(Math.max(0, ...purges)).toBeLessThanOrEqual(10)
      const next = await aService({ storage, answer, policy })
      // The lease of the dead one runs out.
      next.clock.stepTo(START + 100 * DAY + 3_600_000)
      await next.mail.tick()
      expect((await next.mail.deliveries.bounces()).items).toEqual([])
      expect(await stored(storage)('Secret')).toBe(false)
      const { retention } = await next.mail.health()
      expect(retention?.finishedAt).toBe(START + 100 * DAY + 3_600_000)
      expect((await next.mail.deliveries.messages({ limit: 100 })).items).toHaveLength(33)
    }
  })
})
