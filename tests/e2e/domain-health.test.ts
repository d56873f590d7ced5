import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aDnsService, NEWS, NEWS_SENDER, publish, withNews } from './a-dns-domain.js'
import { DAY, DOMAIN, liveUntil, rows, START, settle, statesOf } from './a-service.js'

const HOUR = 3_600_000
const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )
const news = { from: NEWS_SENDER, subject: 'News', text: 'x' }
const healthy = { ok: true, failing: [], since: null }

describe('the daily check of a verified domain', () => {
  it('DOM-9: a failing row shows as health with since-when, and is told once; sending goes on; so it is when it mends', async () => {
    const service = await withNews(await aDnsService())
    const { mail, resolver, told, clock, id } = service
    expect((await mail.domains.get(NEWS)).health).toEqual(healthy)
    resolver.remove(`_dmarc.${NEWS}`)
    await liveUntil(service, START + 2 * DAY)
    const { health, state, rows: shown } = await mail.domains.get(NEWS)
    expect(state).toBe('verified')
    expect(health).toMatchObject({ ok: false, failing: ['dmarc'] })
    expect((health?.since ?? 0) - START).toBeGreaterThan(0)
    expect((health?.since ?? 0) - START).toBeLessThanOrEqual(DAY + HOUR)
    expect(shown.filter(({ status }) => status !== 'passed')).toMatchObject([{ purpose: 'dmarc', status: 'missing' }])
    const event = { type: 'domain-health', account: 'default', domain: id, name: NEWS }
    expect(told).toEqual([{ ...event, ok: false, failing: ['dmarc'], since: health?.since, at: health?.since }])
    await mail.send({ ...news, to: 'ann@office.example' })
    await settle(service)
    expect(await statesOf(service)).toEqual({ 'ann@office.example': 'delivered' })
    await publish(mail, resolver)
    await liveUntil(service, clock.now() + DAY + HOUR)
    expect((await mail.domains.get(NEWS)).health).toEqual(healthy)
    expect(told.slice(1)).toMatchObject([{ ...event, ok: true, failing: [], since: null }])
  })

  it('DOM-9: is made once a day, whatever the number of processes', async () => {
    const asked: number[] = []
    const first = await aDnsService()
    const counting = {
      ...first.resolver,
      txt: (name: string) => {
        if (name === `_dmarc.${NEWS}`) asked.push(first.clock.now())
        return first.resolver.txt(name)
      },
    }
    const service = await aDnsService({ storage: first.storage, more: { clock: first.clock } }, counting)
    const other = await aDnsService({ storage: first.storage, more: { clock: first.clock } }, counting)
    await withNews(service)
    asked.length = 0
    // A domain's time of day is derived from its id: the first check is seen 2 to 25 hours from now.
    for (let hour = 1; hour <= 10 * 24 + 1; hour += 1) {
      await first.clock.stepBy(HOUR)
      await Promise.all([service, other].map(({ mail }) => mail.tick({ maxMs: 60_000 })))
    }
    expect(asked).toHaveLength(10)
  })

  it('DOM-9: a resolver that does not answer proves nothing: never wrong, never a failure, never mended; it is asked again within the hour', async () => {
    const service = await withNews(await aDnsService())
    const { mail, resolver, told, clock } = service
    const dmarc = `_dmarc.${NEWS}`
    resolver.fail(dmarc)
    await liveUntil(service, START + 2 * DAY)
    expect(await mail.domains.get(NEWS)).toMatchObject({ state: 'verified', health: healthy })
    expect((await mail.domains.get(NEWS)).rows.find(({ purpose }) => purpose === 'dmarc')?.status).toBe('unknown')
    resolver.remove(dmarc)
    await liveUntil(service, clock.now() + HOUR)
    const { health } = await mail.domains.get(NEWS)
    expect(health).toMatchObject({ ok: false, failing: ['dmarc'] })
    resolver.fail(dmarc)
    await liveUntil(service, clock.now() + 2 * DAY)
    expect((await mail.domains.get(NEWS)).health).toEqual(health)
    await publish(mail, resolver)
    await liveUntil(service, clock.now() + HOUR)
    expect((await mail.domains.get(NEWS)).health).toEqual(healthy)
    expect(told.map(({ ok }) => ok)).toEqual([false, true])
  })

  it('DOM-9: ends with the domain; a domain that the operator trusts has none', async () => {
    const service = await withNews(await aDnsService())
    const { mail, storage, id } = service
    const worksOf = (parent: string) => storage.read.works({ kind: 'upkeep', parent })
    expect(await worksOf(id)).toHaveLength(1)
    const trusted = await mail.domains.get(DOMAIN)
    expect(trusted.health).toBeNull()
    expect(await worksOf(trusted.id)).toEqual([])
    await liveUntil(service, START + 2 * DAY)
    expect(await worksOf(id)).toHaveLength(1)
    await mail.senders.delete(NEWS_SENDER)
    await mail.domains.delete(NEWS)
    expect(await worksOf(id)).toEqual([])
  })

  it('DOM-9: ends with a domain that is deleted while DNS is asked, and says nothing of an error', async () => {
    const zone = fixedDns()
    const asked: { delete?: () => Promise<void> } = {}
    const meddling = {
      ...zone,
      txt: async (name: string) => {
        const meddle = asked.delete
        delete asked.delete
        await meddle?.()
        return zone.txt(name)
      },
    }
    const service = await withNews(await aDnsService({}, meddling))
    const { mail, storage, clock, problems, id } = service
    asked.delete = async () => {
      await mail.senders.delete(NEWS_SENDER)
      await mail.domains.delete(NEWS)
    }
    await liveUntil(service, clock.now() + 2 * DAY)
    expect(asked.delete).toBeUndefined()
    expect(problems).toEqual([])
    expect(await storage.read.works({ kind: 'upkeep', parent: id })).toEqual([])
  })

  it('DOM-4: a domain deleted while it is verified is not found', async () => {
    const zone = fixedDns()
    const service = await aDnsService(
      {},
      {
        ...zone,
        txt: (name) =>
          service.mail.domains.delete(NEWS).then(
            () => zone.txt(name),
            () => zone.txt(name),
          ),
      },
    )
    const { mail, told } = service
    await mail.domains.create({ name: NEWS, dkim: 'rsa-1024' })
    expect(await codeOf(mail.domains.verify(NEWS))).toBe('NOT_FOUND')
    expect(told).toEqual([])
  })
})

describe('strictRecheck', () => {
  it('DOM-9, TRG-5: refuses sends and tasks of a domain whose DNS fails, saying why, until it is mended', async () => {
    const service = await withNews(await aDnsService({ policy: { strictRecheck: true } }))
    const { mail, resolver } = service
    const send = { ...news, to: 'ann@office.example' }
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(1))
    const task = { type: 'immediate', from: NEWS_SENDER, template: 'welcome', group: 'readers' } as const
    resolver.remove(`_dmarc.${NEWS}`)
    expect(await codeOf(mail.send(send))).toBeNull()
    await mail.tasks.create(task)
    await mail.domains.verify(NEWS)
    await expect(mail.send(send)).rejects.toMatchObject({
      code: 'DOMAIN_NOT_VERIFIED',
      details: { reason: 'dns-failing', failing: ['dmarc'], since: START },
    })
    expect(await codeOf(mail.tasks.create(task))).toBe('DOMAIN_NOT_VERIFIED')
    await settle(service)
    const [failed] = (await mail.tasks.list()).items
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'DOMAIN_NOT_VERIFIED' } })
    expect(
      await codeOf(mail.send({ from: `hello@${DOMAIN}`, to: 'bob@office.example', subject: 'x', text: 'x' })),
    ).toBeNull()
    await publish(mail, resolver)
    await mail.domains.verify(NEWS)
    expect(await codeOf(mail.send(send))).toBeNull()
  })

  it('DOM-9, TSK-14: holds a running batch at once, gives its allowance back, and lets it go on by itself', async () => {
    let sent = 0
    let breakAt = 50
    let held = 0
    const service = await withNews(
      await aDnsService({
        concurrency: 2,
        policy: { strictRecheck: true, chunkRows: 100 },
        answer: async () => {
          sent += 1
          if (sent === breakAt) {
            service.resolver.remove(`_dmarc.${NEWS}`)
            await service.mail.domains.verify(NEWS)
            held = sent
          }
          return { type: 'accepted', remoteId: null, reply: null }
        },
      }),
    )
    const { mail, storage, resolver, clock, id } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(600))
    const task = await mail.tasks.create({
      type: 'immediate',
      from: NEWS_SENDER,
      template: 'welcome',
      group: 'readers',
    })
    await settle(service)
    // Two were in flight when the check answered; nothing was started after it.
    expect(sent).toBeLessThanOrEqual(held + 2)
    expect(sent).toBeLessThan(600)
    expect(await mail.tasks.get(task.id)).toMatchObject({
      state: 'paused',
      pause: { reason: 'domain-blocked' },
      cached: 600 - sent,
    })
    expect((await storage.read.quota({ scope: id, day: '2026-11-23' }))?.granted).toBe(sent)
    held = sent
    await liveUntil(service, START + 2 * DAY)
    expect(sent).toBe(held)
    breakAt = -1
    await publish(mail, resolver)
    await liveUntil(service, clock.now() + DAY + HOUR)
    await liveUntil(service, clock.now() + 2 * DAY)
    expect(sent).toBe(600)
    expect((await mail.tasks.get(task.id)).state).toBe('done')
  })
})
