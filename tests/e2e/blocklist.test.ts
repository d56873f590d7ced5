import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  aTask,
  DAY,
  DOMAIN,
  refused,
  SENDER,
  settle,
  welcome,
} from './a-service.js'

const ann = 'ann@office.example'
const HOUR = 3_600_000
const blockedBy = (code: string) => ({ code })

/** Ann unsubscribes from the first mail she gets. */
async function anUnsubscribed() {
  const service = await aService()
  await service.mail.groups.create({ name: 'one' })
  await service.mail.groups.importCsv('one', `email,name\n${ann},Ann\n`)
  await service.mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'one' })
  await settle(service)
  const [first] = service.transport.messages
  const token = /unsubscribe\/([\w-]+)/.exec(Buffer.from(first?.content ?? []).toString())?.[1] ?? ''
  await service.mail.unsubscribes.confirm(token)
  return service
}

describe('reject blocking', () => {
  it('BLK-3: is listed, lifted once with a reason that is kept, and only by its own account', async () => {
    const service = await anUnsubscribed()
    const { mail, clock } = service
    const other = await anotherAccount(service)
    await expect(mail.send({ ...welcome, to: ann })).rejects.toMatchObject(blockedBy('RECIPIENT_REJECTED'))
    const listed = { address: ann, senderDomain: DOMAIN, reason: 'unsubscribed', at: clock.now() }
    expect((await mail.blocklist.rejects.list({ senderDomain: DOMAIN })).items).toEqual([listed])
    expect((await mail.blocklist.rejects.list({ senderDomain: 'other.example' })).items).toEqual([])
    expect((await other.blocklist.rejects.list()).items).toEqual([])

    const lift = { address: 'Ann@Office.example', senderDomain: DOMAIN }
    await expect(other.blocklist.rejects.lift({ ...lift, reason: 'no' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(mail.blocklist.rejects.lift({ ...lift, reason: ' ' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    const reason = 'she asked for it by phone'
    const race = await Promise.allSettled([1, 2].map(() => mail.blocklist.rejects.lift({ ...lift, reason })))
    expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await mail.blocklist.rejects.lifted({ address: ann })).items).toEqual([
      { ...listed, liftedFor: reason, liftedAt: clock.now() },
    ])
    expect((await mail.send({ ...welcome, to: ann })).messages[0]?.state).toBe('accepted')
    expect((await mail.people.export(ann)).lifts).toEqual([{ senderDomain: DOMAIN, reason, at: clock.now() }])
    await mail.people.erase(ann)
    expect((await mail.blocklist.rejects.lifted()).items).toEqual([])
  })

  it('BLK-3: does not end by itself', async () => {
    const service = await anUnsubscribed()
    await service.clock.stepBy(3_000 * DAY)
    await expect(service.mail.send({ ...welcome, to: ann })).rejects.toMatchObject(blockedBy('RECIPIENT_REJECTED'))
  })
})

describe('custom blocking', () => {
  it('BLK-4: a full mailbox is blocked for 7 days if the account has switched that on, and its row can be modified', async () => {
    const answer = (_: unknown, to: string) => (to.startsWith('full') ? refused(552, '5.2.2', 'full') : accepted)
    const service = await aService({ answer })
    const { mail, clock } = service
    const send = (to: string) => mail.send({ ...welcome, to })
    await send('full1@office.example')
    await settle(service)
    expect(await mail.blocklist.settings.get()).toEqual({ fullMailboxes: false })
    await send('full1@office.example')
    await settle(service)

    await mail.blocklist.settings.set({ fullMailboxes: true })
    await send('full2@office.example')
    await aTask(service, 2, 'full')
    await settle(service)
    const { items } = await mail.blocklist.custom.list({ status: 'active' })
    expect(items.map(({ target, automatic }) => [target, automatic])).toEqual([
      ['full0@readers.example', true],
      ['full1@readers.example', true],
      ['full2@office.example', true],
    ])
    await expect(send('full2@office.example')).rejects.toMatchObject(blockedBy('CUSTOM_BLOCKED'))
    await mail.blocklist.custom.modify({ targets: 'full2@office.example', endsAt: clock.now() - 1 })
    await send('full2@office.example')
    await clock.stepBy(7 * DAY - HOUR)
    await expect(send('full1@readers.example')).rejects.toMatchObject(blockedBy('CUSTOM_BLOCKED'))
    await clock.stepBy(HOUR)
    await send('full1@readers.example')
  })

  it('BLK-4: an automatic block leaves what somebody has set for the address alone', async () => {
    const service = await aService({ answer: () => refused(552, '5.2.2', 'full') })
    const { mail, clock } = service
    await mail.blocklist.settings.set({ fullMailboxes: true })
    await mail.blocklist.custom.add({ addresses: [ann], startsAt: clock.now() + 30 * DAY })
    await mail.send({ ...welcome, to: ann })
    await settle(service)
    await clock.stepBy(31 * DAY)
    await expect(mail.send({ ...welcome, to: ann })).rejects.toMatchObject(blockedBy('CUSTOM_BLOCKED'))
    expect(await mail.blocklist.custom.remove(ann)).toEqual({ removed: 1 })
    expect((await mail.blocklist.custom.list()).items).toEqual([])
  })

  it('BLK-4: a list comes by CSV: addresses and domains, each with its own times; bad rows are named by line', async () => {
    const service = await aService({ policy: { timeZone: 'Asia/Shanghai' } })
    const { mail, clock } = service
    const csv = [
      'email,start,end,reason',
      `${ann},,,asked us to stop`,
      '@spam.example,,2026-12-01,',
      'later@office.example,2027-01-01,,',
      'no address at all,,,',
      `ANN@office.example,,,again`,
      'x@y.example,the day after,,',
      ',,,',
    ].join('\n')
    const report = await mail.blocklist.custom.importCsv(csv)
    expect(report).toMatchObject({ total: 7, valid: 3, repeated: 1, invalid: 2, empty: 1 })
    expect(report.rows.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'invalid-address'],
      [6, 'repeated'],
      [7, 'invalid-value'],
      [8, 'empty'],
    ])
    const { items } = await mail.blocklist.custom.list()
    expect(items.map(({ target, status, endsAt, reason }) => [target, status, endsAt, reason])).toEqual([
      ['@spam.example', 'active', Date.UTC(2026, 10, 30, 16), ''],
      [ann, 'active', null, 'asked us to stop'],
      ['later@office.example', 'coming', null, ''],
    ])
    await expect(mail.send({ ...welcome, to: 'bob@spam.example' })).rejects.toMatchObject(blockedBy('CUSTOM_BLOCKED'))
    await clock.stepTo(Date.UTC(2026, 10, 30, 16))
    await mail.send({ ...welcome, to: 'bob@spam.example' })
  })

  it('BLK-4: nothing of a list whose structure is broken is stored, and 2,500 rows go in once', async () => {
    const { mail } = await aService()
    const broken = `email\n${ann}\n"never closed`
    await expect(mail.blocklist.custom.importCsv(broken)).rejects.toMatchObject({ code: 'CSV_ROW_INVALID' })
    await expect(mail.blocklist.custom.importCsv('email,until\na@b.example,x')).rejects.toMatchObject({
      code: 'CSV_HEADER_INVALID',
      details: { column: 2, expected: 'start, end, reason' },
    })
    expect((await mail.blocklist.custom.list()).items).toEqual([])
    const rows = Array.from({ length: 2_500 }, (_, n) => `a${n}@list.example`)
    const csv = `email\n${rows.join('\n')}`
    const first = await mail.blocklist.custom.importCsv(csv, { idempotencyKey: 'list' })
    expect(first.valid).toBe(2_500)
    expect(await mail.blocklist.custom.importCsv(csv, { idempotencyKey: 'list' })).toEqual(first)
    await expect(mail.blocklist.custom.importCsv(`${csv}\n`, { idempotencyKey: 'list' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    })
    expect((await mail.blocklist.custom.list({ contains: 'A24', limit: 200 })).items.length).toBe(111)
  })
})

describe('invalid addresses', () => {
  it('BLK-1: a bounce that is stored late shortens nothing: the days count from the latest one', async () => {
    const service = await aService({ answer: () => refused(550, '5.1.1', 'no such user') })
    const { mail, storage, clock } = service
    await mail.send({ ...welcome, to: ann })
    const earlier = clock.now()
    await settle(service)
    const [row] = await storage.read.blocks([ann])
    if (!row) throw new Error('no block')
    const older = { ...row, startsAt: earlier - DAY, endsAt: earlier + 179 * DAY, createdAt: earlier - DAY }
    await storage.apply([{ guards: [], changes: [{ type: 'block.put', items: [older], unlessLater: true }] }])
    expect((await mail.blocklist.lookup(ann)).invalid).toMatchObject({ at: earlier, releaseAt: earlier + 180 * DAY })
  })

  it('BLK-3: who is imported again after a lift can be lifted again', async () => {
    const { mail, clock } = await aService()
    const content = `email,created\n${ann},1793491200\n`
    const lift = { address: ann, senderDomain: DOMAIN, reason: 'came back' }
    for (const _ of [1, 2]) {
      await mail.blocklist.importSuppressions(content, { from: 'sendgrid', list: 'unsubscribes' })
      await mail.blocklist.rejects.lift(lift)
      await clock.stepBy(HOUR)
    }
    expect((await mail.blocklist.rejects.lifted()).items.length).toBe(2)
  })
})

describe('my trigger list', () => {
  it('BLK-2: is filtered by part of the address and by the time of the bounce, and emptied in a batch', async () => {
    const service = await aService({ answer: () => refused(550, '5.1.1', 'no such user') })
    const { mail, clock } = service
    const from = clock.now()
    await mail.send({ ...welcome, to: [ann, 'bob@office.example'] })
    await settle(service)
    await clock.stepBy(DAY)
    await mail.send({ ...welcome, to: 'cid@office.example' })
    await settle(service)
    const mine = async (filter: object) =>
      (await mail.blocklist.invalid.mine(filter)).items.map(({ address }) => address.split('@')[0])
    expect(await mine({ contains: 'ANN' })).toEqual(['ann'])
    expect(await mine({ from, to: from + HOUR })).toEqual(['ann', 'bob'])
    expect(await mine({ from: from + HOUR })).toEqual(['cid'])
    expect(await mine({ status: 'active', to: from + HOUR })).toEqual(['ann', 'bob'])
    const removed = await mail.blocklist.invalid.remove([ann, 'cid@office.example', 'nobody@office.example'])
    expect(removed.map((one) => one.removed)).toEqual([true, true, false])
    expect(await mine({})).toEqual(['bob'])
  })
})

describe('suppression lists of other services', () => {
  const at = Date.UTC(2026, 10, 1)
  const cases = [
    [
      'ses',
      {},
      JSON.stringify({
        SuppressedDestinationSummaries: [
          { EmailAddress: 'gone@a.example', Reason: 'BOUNCE', LastUpdateTime: at / 1_000 },
          { EmailAddress: 'angry@a.example', Reason: 'COMPLAINT', LastUpdateTime: '2026-11-01T00:00:00Z' },
        ],
      }),
    ],
    [
      'postmark',
      {},
      'EmailAddress,SuppressionReason,Origin,CreatedAt\n' +
        'gone@a.example,HardBounce,Recipient,2026-11-01T00:00:00Z\n' +
        'angry@a.example,SpamComplaint,Recipient,2026-11-01T00:00:00Z\n',
    ],
  ] as const

  it.each(cases)(
    'BLK-4: %s: bounces rest for 180 days from their date, complaints block each sender domain',
    async (from, more, content) => {
      const { mail, clock } = await aService()
      const report = await mail.blocklist.importSuppressions(content, { from, ...more })
      expect(report).toMatchObject({ total: 2, valid: 2 })
      const [bounced] = (await mail.blocklist.invalid.mine()).items
      expect(bounced).toMatchObject({ address: 'gone@a.example', at, releaseAt: at + 180 * DAY })
      const [rejected] = (await mail.blocklist.rejects.list()).items
      expect(rejected).toMatchObject({ address: 'angry@a.example', senderDomain: DOMAIN, at })
      await expect(mail.send({ ...welcome, to: 'gone@a.example' })).rejects.toMatchObject(
        blockedBy('INVALID_ADDRESS_BLOCKED'),
      )
      await clock.stepTo(at + 180 * DAY)
      await mail.send({ ...welcome, to: 'gone@a.example' })
    },
  )

  it.each([
    ['sendgrid', 'bounces', 'status,reason,email,created\n5.1.1,"550, no",gone@a.example,1793491200\n', 'invalid'],
    ['sendgrid', 'unsubscribes', '[{"created":1793491200,"email":"gone@a.example"}]', 'reject'],
    [
      'mailgun',
      'bounces',
      '{"items":[{"address":"gone@a.example","code":"550","error":"no","created_at":"Sun, 01 Nov 2026 00:00:00 UTC"}]}',
      'invalid',
    ],
    ['mailgun', 'complaints', 'address,created_at\ngone@a.example,"Sun, 01 Nov 2026 00:00:00 UTC"\n', 'reject'],
  ] as const)('BLK-4: %s says by the file which list it is: %s', async (from, list, content, kind) => {
    const { mail } = await aService()
    await expect(mail.blocklist.importSuppressions(content, { from })).rejects.toMatchObject({
      details: { field: 'list' },
    })
    await mail.blocklist.importSuppressions(content, { from, list })
    await mail.blocklist.importSuppressions(content, { from, list })
    const invalid = (await mail.blocklist.invalid.mine()).items.map((row) => ['invalid', row.at])
    const rejects = (await mail.blocklist.rejects.list()).items.map((row) => ['reject', row.at])
    expect([...invalid, ...rejects]).toEqual([[kind, at]])
  })

  it('BLK-1: what one account imports blocks nobody else, and what cannot be read is named by line', async () => {
    const service = await aService()
    const other = await anotherAccount(service)
    const content = 'email,created\ngone@a.example,1793491200\nnot an address,1\n,1\n'
    const report = await other.blocklist.importSuppressions(content, { from: 'sendgrid', list: 'bounces' })
    expect(report.rows.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'invalid-address'],
      [4, 'empty'],
    ])
    await service.mail.send({ ...welcome, to: 'gone@a.example' })
    expect((await service.mail.blocklist.lookup('gone@a.example')).invalid).toBeNull()
    expect((await other.blocklist.lookup('gone@a.example')).invalid).toMatchObject({ triggeredBy: 'you' })
    const elsewhere = { from: 'sendgrid', list: 'unsubscribes', senderDomain: 'not-mine.example' } as const
    await expect(other.blocklist.importSuppressions(content, elsewhere)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'senderDomain' },
    })
    expect(await other.blocklist.invalid.remove('gone@a.example')).toMatchObject([{ removed: true }])
    expect((await other.blocklist.lookup('gone@a.example')).invalid).toBeNull()
    for (const bad of ['{"x":1}', '{broken', 'a,b\n"x'])
      await expect(other.blocklist.importSuppressions(bad, { from: 'ses' })).rejects.toMatchObject({
        code: expect.stringMatching(/^(INPUT_INVALID|CSV_ROW_INVALID)$/),
      })
  })
})
