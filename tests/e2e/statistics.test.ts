import type { MailServiceOptions, RecipientOutcome, SendingInput } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  aTask,
  DAY,
  DOMAIN,
  OTHER_SENDER,
  otherMail,
  refused,
  START,
  settle,
  welcome,
} from './a-service.js'

const HOUR = 3_600_000
const MINUTE = 60_000
const day = { from: START - HOUR * 9, to: START + HOUR * 15 }

/** Bounces, defers or takes mail by what the address begins with. */
const answer = (_: unknown, to: string): RecipientOutcome => {
  if (to.startsWith('hard')) return refused(550, '5.1.1', 'no such user')
  if (to.startsWith('soft')) return refused(552, '5.2.2', 'full')
  return to.startsWith('later') ? refused(451, '4.3.0', 'come again') : accepted
}

const start = (options: Partial<MailServiceOptions> = {}) => aService({ answer, more: options })

describe('statistics.sending', () => {
  it('STA-1: counts what was asked for, taken, delivered, put off, bounced and dropped, with rates', async () => {
    const service = await start()
    const { mail } = service
    await mail.blocklist.custom.add({ addresses: ['blocked@shop.example'] })
    for (const to of ['ann@a.example', 'bob@a.example', 'hard@a.example', 'soft@b.example', 'later@b.example'])
      await mail.send({ ...welcome, to })
    await mail.send({ ...welcome, to: ['cid@b.example', 'blocked@shop.example'] })
    await mail.send({ ...welcome, to: 'waits@b.example' })
    await mail.blocklist.custom.add({ addresses: ['waits@b.example'] })
    await settle(service)
    const { total, items } = await mail.statistics.sending(day)
    expect(total.counts).toMatchObject({
      requests: 8,
      refused: 1,
      accepted: 7,
      handedOver: 6,
      delivered: 3,
      deferred: 1,
      bounced: 2,
      bouncedHard: 1,
      bouncedSoft: 1,
      dropped: 1,
    })
    expect(total.rates.accepted).toEqual({ count: 7, of: 8, rate: 0.875 })
    expect(total.rates.delivered).toEqual({ count: 3, of: 6, rate: 0.5 })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ period: '2026-11-23', startsAt: day.from, counts: total.counts })
  })

  it('STA-2: reads dates without an offset in the zone of the question', async () => {
    const { mail } = await start()
    await mail.send({ ...welcome, to: 'ann@a.example' })
    const requests = async (from: string, to: string, timeZone?: string) =>
      (await mail.statistics.sending({ from, to, by: [], ...(timeZone ? { timeZone } : {}) })).total.counts.requests
    expect(await requests('2026-11-23', '2026-11-24')).toBe(1)
    expect(await requests('2026-11-23T09:15', '2026-11-24')).toBe(0)
    expect(await requests('2026-11-23T18:00', '2026-11-23T18:15', 'Asia/Tokyo')).toBe(1)
    expect(await requests('2026-11-23', '2026-11-23T18:00', 'Asia/Tokyo')).toBe(0)
    const listed = await mail.deliveries.messages({ from: '2026-11-23T09:00', to: '2026-11-23T09:01' })
    expect(listed.items).toHaveLength(1)
    expect((await mail.deliveries.messages({ from: '2026-11-23T09:01' })).items).toHaveLength(0)
  })

  it('STA-1: a call that refuses everybody counts, once, and not again when it is a repetition', async () => {
    const service = await start()
    const { mail } = service
    const counts = async () => (await mail.statistics.sending({ ...day, by: [] })).total.counts
    await mail.send({ ...welcome, to: 'ann@a.example', idempotencyKey: 'once' })
    await mail.blocklist.custom.add({ addresses: ['ann@a.example', 'bob@a.example'] })
    await expect(mail.send({ ...welcome, to: 'bob@a.example' })).rejects.toMatchObject({ code: 'CUSTOM_BLOCKED' })
    expect(await counts()).toMatchObject({ requests: 2, refused: 1 })
    await mail.send({ ...welcome, to: 'ann@a.example', idempotencyKey: 'once' })
    expect(await counts()).toMatchObject({ requests: 2, refused: 1 })
    await expect(mail.send({ ...welcome, to: ['ann@a.example', 'bob@a.example'] })).rejects.toBeDefined()
    expect(await counts()).toMatchObject({ requests: 4, refused: 3 })
  })

  it('STA-1: breaks down by domain, recipient domain, template, task and any of them together', async () => {
    const service = await start()
    const { mail } = service
    await mail.domains.create({ name: 'news.shop.example', trust: 'operator' })
    await mail.senders.create({ address: 'hi@news.shop.example' })
    await mail.send({ ...welcome, to: 'ann@a.example' })
    await mail.send({ ...welcome, to: 'ann@b.example' })
    await mail.send({ from: 'hi@news.shop.example', to: 'ann@a.example', subject: 'Hi', text: 'x' })
    const { id } = await aTask(service, 3)
    await settle(service)
    const { items: templates } = await mail.templates.list()
    const template = templates[0]?.id ?? ''
    const rows = async (by: SendingInput['by'], more: Partial<SendingInput> = {}) =>
      (await mail.statistics.sending({ ...day, by, ...more })).items.map(({ counts, rates: _, ...group }) => ({
        ...group,
        accepted: counts.accepted,
      }))
    expect(await rows(['domain'])).toEqual([
      { domain: DOMAIN, accepted: 5 },
      { domain: 'news.shop.example', accepted: 1 },
    ])
    expect(await rows(['recipientDomain'])).toEqual([
      { recipientDomain: 'a.example', accepted: 2 },
      { recipientDomain: 'b.example', accepted: 1 },
      { recipientDomain: 'readers.example', accepted: 3 },
    ])
    expect(await rows('template')).toEqual([
      { template: '', accepted: 1 },
      { template, accepted: 5 },
    ])
    expect(await rows(['task', 'recipientDomain'])).toEqual([
      { recipientDomain: 'a.example', task: '', accepted: 2 },
      { recipientDomain: 'b.example', task: '', accepted: 1 },
      { recipientDomain: 'readers.example', task: id, accepted: 3 },
    ])
    expect(await rows([], { domains: [DOMAIN], recipientDomains: ['a.example', 'b.example'] })).toEqual([
      { accepted: 2 },
    ])
    expect(await rows([], { templates: [''] })).toEqual([{ accepted: 1 }])
    expect(await rows(['day'], { tasks: [id] })).toMatchObject([{ period: '2026-11-23', accepted: 3 }])
    expect(await rows([], { tasks: ['nobody'] })).toEqual([])
  })

  it('STA-1, DIP-4: a tag of the task, else of the domain, groups and filters; mail without it has a row of its own', async () => {
    const service = await start()
    const { mail } = service
    await mail.domains.create({ name: 'news.shop.example', trust: 'operator', tags: { team: 'growth' } })
    await mail.senders.create({ address: 'hi@news.shop.example' })
    await mail.send({ ...welcome, to: 'ann@a.example' })
    await mail.send({ from: 'hi@news.shop.example', to: 'ann@a.example', subject: 'Hi', text: 'x' })
    await mail.groups.create({ name: 'all' })
    await mail.groups.importCsv('all', 'email,name\nann@c.example,Ann\nbob@c.example,Bob\n')
    await mail.tasks.create({
      type: 'immediate',
      from: 'hi@news.shop.example',
      template: 'welcome',
      group: 'all',
      tags: { team: 'crm' },
    })
    await settle(service)
    const rows = async (input: Partial<SendingInput>) =>
      (await mail.statistics.sending({ ...day, by: [], ...input })).items.map(({ tag, counts }) => [
        tag,
        counts.accepted,
      ])
    expect(await rows({ by: ['tag:team'] })).toEqual([
      [null, 1],
      ['crm', 2],
      ['growth', 1],
    ])
    expect(await rows({ by: ['tag:cost'] })).toEqual([[null, 4]])
    expect(await rows({ tag: { key: 'team', value: 'growth' } })).toEqual([[undefined, 1]])
    expect(await rows({ tag: { key: 'team' }, by: ['tag:team'] })).toEqual([
      ['crm', 2],
      ['growth', 1],
    ])
    expect(await rows({ tag: { key: 'team', value: 'nobody' } })).toEqual([])
  })

  it('STA-2: a mail counts on the day it was accepted, whatever comes later', async () => {
    const service = await start()
    const { mail, clock } = service
    clock.stepTo(START + 15 * HOUR - MINUTE)
    await mail.send({ ...welcome, to: 'later@a.example' })
    await settle(service)
    await settle(service, START + 4 * DAY)
    const { items } = await mail.statistics.sending({ from: day.from, to: day.from + 6 * DAY })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ period: '2026-11-23', counts: { accepted: 1, deferred: 1, bouncedSoft: 1 } })
  })

  it.each([
    ['UTC', '2026-11-24T00:00Z'],
    ['Europe/Berlin', '2026-11-23T23:00Z'],
    ['Asia/Kolkata', '2026-11-23T18:30Z'],
    ['Asia/Kathmandu', '2026-11-23T18:15Z'],
    ['America/St_Johns', '2026-11-24T03:30Z'],
    ['Pacific/Chatham', '2026-11-23T10:15Z'],
  ])('STA-2: cuts days of %s at its midnight', async (timeZone, time) => {
    const { mail, clock } = await start()
    const midnight = Date.parse(time)
    clock.stepTo(midnight - 1)
    await mail.send({ ...welcome, to: 'ann@a.example' })
    clock.stepTo(midnight)
    await mail.send({ ...welcome, to: ['bob@a.example', 'cid@a.example'] })
    const { items } = await mail.statistics.sending({ from: START - 2 * DAY, to: START + 2 * DAY, timeZone })
    expect(items.map(({ period, startsAt, counts }) => [period, startsAt, counts.accepted])).toEqual([
      ['2026-11-23', midnight - DAY, 1],
      ['2026-11-24', midnight, 2],
    ])
  })

  it('STA-1: gives the hours of a wall clock that is half an hour off', async () => {
    const { mail, clock } = await start()
    clock.stepTo(START + 29 * MINUTE)
    await mail.send({ ...welcome, to: 'ann@a.example' })
    clock.stepTo(START + 30 * MINUTE)
    await mail.send({ ...welcome, to: 'bob@a.example' })
    const { items } = await mail.statistics.sending({ ...day, by: 'hour', timeZone: 'Asia/Kolkata' })
    expect(items.map(({ period, startsAt }) => [period, startsAt])).toEqual([
      ['2026-11-23T14:00:00+05:30', START - 30 * MINUTE],
      ['2026-11-23T15:00:00+05:30', START + 30 * MINUTE],
    ])
  })

  it('STA-1: goes through many rows page by page, none missed, each page with the same total', async () => {
    const { mail } = await start()
    const domains = Array.from({ length: 7 }, (_, n) => `d${n}.example`)
    for (const domain of domains) await mail.send({ ...welcome, to: `ann@${domain}` })
    const found: string[] = []
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const page: Awaited<ReturnType<typeof mail.statistics.sending>> = await mail.statistics.sending({
        ...day,
        by: ['recipientDomain'],
        limit: 3,
        ...(cursor ? { cursor } : {}),
      })
      expect(page.total.counts.accepted).toBe(7)
      found.push(...page.items.map(({ recipientDomain = '' }) => recipientDomain))
      cursor = page.next
    }
    expect(found).toEqual(domains)
  })

  it('ERR-3: says what it expects of a range, a zone, a step, a cursor', async () => {
    const { mail } = await start()
    const field = (input: Partial<SendingInput>) =>
      mail.statistics.sending({ ...day, ...input }).then(
        () => null,
        ({ code, details }) => [code, details.field],
      )
    expect(await field({ to: day.from })).toEqual(['INPUT_INVALID', 'to'])
    expect(await field({ timeZone: 'Mars/Olympus' })).toEqual(['INPUT_INVALID', 'timeZone'])
    expect(await field({ by: ['hour', 'day'] })).toEqual(['INPUT_INVALID', 'by'])
    expect(await field({ by: 'hour', from: day.from - 400 * DAY })).toEqual(['INPUT_INVALID', 'to'])
    expect(await field({ cursor: 'nonsense' })).toEqual(['INPUT_INVALID', 'cursor'])
    expect(await field({ from: -1 })).toEqual(['INPUT_INVALID', 'from'])
  })

  it('ACC-2: counts nothing of another account', async () => {
    const service = await start()
    const other = await anotherAccount(service)
    await other.send(otherMail('ann@a.example'))
    expect((await service.mail.statistics.sending(day)).items).toEqual([])
    expect((await other.statistics.sending({ ...day, by: ['domain'] })).items).toMatchObject([
      { domain: OTHER_SENDER.split('@')[1], counts: { accepted: 1 } },
    ])
  })
})

describe('statistics.exportCsv', () => {
  const read = async (rows: AsyncIterable<string>) => {
    let text = ''
    for await (const row of rows) text += row
    return text
  }

  it('STA-1: is the view as a file, a header and a line for each row', async () => {
    const service = await start()
    const { mail, clock } = service
    await mail.send({ ...welcome, to: 'ann@a.example' })
    clock.stepTo(START + 40 * DAY)
    await mail.send({ ...welcome, to: 'hard@a.example' })
    await settle(service)
    const text = await read(
      mail.statistics.exportCsv({ from: day.from, to: day.to + 50 * DAY, by: ['day', 'domain'], figures: 'sending' }),
    )
    expect(text.startsWith('\uFEFFday,startsAt,domain,requests,refused,accepted,')).toBe(true)
    const lines = text.split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(new RegExp(`^2026-11-23,${day.from},${DOMAIN},1,0,1,`))
    expect(lines[2]).toMatch(new RegExp(`^2027-01-02,${day.from + 40 * DAY},${DOMAIN},1,0,1,`))
    const columns = lines[0]?.split(',') ?? []
    const cells = lines[2]?.split(',') ?? []
    expect(cells[columns.indexOf('bouncedHardRate')]).toBe('1')
    expect(cells).toHaveLength(columns.length)
  })

  it('STA-1: exports tracking, too, and refuses what the view refuses', async () => {
    const { mail } = await start()
    const text = await read(mail.statistics.exportCsv({ ...day, by: [], figures: 'tracking' }))
    expect(text).toBe(
      '\uFEFFdelivered,opens,uniqueOpens,openUsers,clicks,uniqueClicks,clickUsers,machineOpens,machineClicks,unsubscribes,complaints,openedRate,clickedRate,unsubscribedRate,complainedRate\r\n',
    )
    await expect(read(mail.statistics.exportCsv({ ...day, to: 0, figures: 'sending' }))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})
