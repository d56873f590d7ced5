import { describe, expect, it } from 'vitest'
import { aDsn, anArf, returnPathOf } from './a-notice.js'
import { aTask, DAY, DOMAIN, settle, statesOf, welcome } from './a-service.js'
import { aTellingService, HOOK } from './callbacks-told.js'

const ANN = 'ann@readers.example'

/** A mail that its relay took, and the way back to it. */
async function aSentMail(options: Parameters<typeof aTellingService>[0] = {}) {
  const service = await aTellingService(options)
  await service.mail.callbacks.setAccount({ url: HOOK })
  const sent = await service.mail.send({ ...welcome, to: ANN })
  await settle(service)
  await service.clock.stepBy(60_000)
  const heard: string[] = []
  for (const type of ['bounced', 'deferred', 'delivered', 'complained'] as const)
    service.mail.on(type, ({ message }) => heard.push(`${type} ${message}`))
  return { ...service, message: sent.messages[0]?.id ?? '', path: returnPathOf(service.transport.messages[0]), heard }
}

const told = (service: Awaited<ReturnType<typeof aSentMail>>) => service.told().map(({ event }) => event.event)

const countsOf = async ({ storage, clock }: Awaited<ReturnType<typeof aSentMail>>) => {
  const [all] = await storage.read.tallies({ cube: 'sender', account: 'default', from: 0, to: clock.now() + 1, by: [] })
  return all?.counts
}

describe('a report of failure', () => {
  it('DLV-5, BLK-1: turns a delivered mail into a bounce, blocks the address, and is told once', async () => {
    const service = await aSentMail()
    const { mail, path, message, heard } = service
    expect(await statesOf(service)).toEqual({ [ANN]: 'delivered' })
    const answer = await mail.ingest.dsn(aDsn(path, { recipient: ANN }))
    expect(answer).toMatchObject({
      kind: 'report',
      events: [
        { message, recipient: ANN, type: 'bounced', reason: 'no-such-user', hardness: 'hard', outcome: 'stored' },
      ],
    })
    await settle(service)
    for (const _ of [1, 2]) await mail.ingest.dsn(aDsn(path, { recipient: ANN }))
    await settle(service)
    expect(await statesOf(service)).toEqual({ [ANN]: 'bounced' })
    expect(await countsOf(service)).toMatchObject({ delivered: 1, bouncedHard: 1, invalid: 1, uncorrelated: 0 })
    expect((await mail.blocklist.invalid.mine()).items).toMatchObject([{ address: ANN }])
    expect(told(service)).toEqual(['delivered', 'bounce'])
    expect(service.told()[1]?.event).toMatchObject({ bounceType: 'hard_bounce', reason: '550 5.1.1 User unknown' })
    expect(heard).toEqual([`bounced ${message}`])
    expect((await mail.deliveries.bounces()).items).toMatchObject([
      { hardness: 'hard', reason: 'no-such-user', reply: '550 5.1.1 User unknown' },
    ])
    expect((await mail.deliveries.timeline(message)).map(({ kind }) => kind)).toEqual([
      'accepted',
      'delivered',
      'bounced',
    ])
    expect(service.problems).toEqual([])
  })
})

describe('a report from behind a forward or an alias of many', () => {
  const failedAt = async (recipient: string, original = '') => {
    const service = await aSentMail()
    const group = original === '' ? recipient : `${recipient}\nOriginal-Recipient: rfc822; ${original}`
    await service.mail.ingest.dsn(aDsn(service.path, { recipient: group }))
    await settle(service)
    expect(await statesOf(service)).toEqual({ [ANN]: 'bounced' })
    expect(told(service)).toEqual(['delivered', 'bounce'])
    const { items } = await service.mail.blocklist.invalid.mine()
    const counts = await countsOf(service)
    return { blocked: items.map(({ address }) => address), invalid: counts?.invalid }
  }

  it.each([
    { at: 'old@elsewhere.example', original: '' },
    { at: 'old@elsewhere.example', original: ANN },
    { at: 'bea@readers.example', original: ANN },
    { at: 'nn@readers.example', original: ANN },
    { at: 'ann@evilreaders.example', original: '' },
  ])(
    'BLK-1: blocks nobody for $at (original "$original"), whose fault is not that of the address we wrote to',
    async ({ at, original }) => {
      expect(await failedAt(at, original)).toEqual({ blocked: [], invalid: 0 })
    },
  )

  it.each(['ANN@Readers.example', 'ann@store7.readers.example'])(
    'BLK-1: blocks for %s, which is that address',
    async (at) => {
      expect(await failedAt(at, ANN)).toEqual({ blocked: [ANN], invalid: 1 })
    },
  )
})

describe('a complaint', () => {
  it('T15, BLK-3: with our return path in what it gives back counts once and blocks the recipient for that sender domain', async () => {
    const service = await aSentMail()
    const { mail, path, message } = service
    for (const _ of [1, 2]) {
      await mail.ingest.arf(anArf(`Return-Path: <${path}>\n`))
      await settle(service)
    }
    expect(await countsOf(service)).toMatchObject({ delivered: 1, complained: 1 })
    expect(await statesOf(service)).toEqual({ [ANN]: 'delivered' })
    expect((await mail.blocklist.rejects.list()).items).toMatchObject([{ address: ANN, senderDomain: DOMAIN }])
    expect(told(service)).toEqual(['delivered', 'spamreport'])
    expect((await mail.deliveries.timeline(message)).map(({ kind }) => kind)).toContain('complaint')
    await expect(mail.send({ ...welcome, to: ANN })).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
  })

  it('T15: proves itself by our unsubscribe link too; without either, and as not-spam, it changes nothing', async () => {
    const service = await aSentMail()
    const { mail, transport } = service
    for (const returned of [
      '',
      'Message-ID: <0193@mail.shop.example>\n',
      `Return-Path: <bounces+${'a'.repeat(56)}@${DOMAIN}>\n`,
    ])
      expect(await mail.ingest.arf(anArf(returned))).toMatchObject({ events: [{ outcome: 'unproven' }] })
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', 'email,name\nbea@readers.example,Bea\n')
    await mail.tasks.create({ type: 'immediate', from: `hello@${DOMAIN}`, template: 'welcome', group: 'readers' })
    await settle(service)
    expect(await countsOf(service)).toMatchObject({ delivered: 2, complained: 0 })
    const batch = Buffer.from(transport.messages.at(-1)?.content ?? '').toString('latin1')
    const link = /^List-Unsubscribe: <[^>]*>/m.exec(batch)?.[0] ?? ''
    await mail.ingest.arf(anArf(`${link}\n`, { feedbackType: 'not-spam' }))
    await settle(service)
    expect(await countsOf(service)).toMatchObject({ complained: 0 })
    await mail.ingest.arf(anArf(`${link}\n`))
    await settle(service)
    expect(await countsOf(service)).toMatchObject({ complained: 1 })
    expect((await mail.blocklist.rejects.list()).items).toMatchObject([{ address: 'bea@readers.example' }])
  })
})

describe('forged and true', () => {
  const COUNT = 1_000

  it(`DLV-5, T14: ${COUNT} forged or unsigned reports change nothing and send nothing; ${COUNT} true ones all hold, and their replays change nothing`, async () => {
    const service = await aTellingService({ policy: { startLevel: 20 } })
    const { mail, transport, clock, storage } = service
    await aTask(service, COUNT)
    await settle(service)
    const sent = [...transport.messages]
    expect(sent).toHaveLength(COUNT)
    const dump = () =>
      storage.read.tallies({ cube: 'sender', account: 'default', from: 0, to: clock.now() + DAY, by: [] })
    const [before] = await dump()
    for (const [index, request] of sent.entries()) {
      const path = returnPathOf(request)
      const at = 10 + (index % 40)
      const flipped = path.slice(0, at) + (path[at] === 'a' ? 'b' : 'a') + path.slice(at + 1)
      const forged = [flipped, `hello@${DOMAIN}`, `bounces+${'q'.repeat(56)}@${DOMAIN}`][index % 3] ?? ''
      const answer = await mail.ingest.dsn(aDsn(forged, { recipient: request.envelope.to[0] ?? '' }))
      expect(answer.events.map(({ outcome }) => outcome)).toEqual(['unproven'])
    }
    await settle(service)
    expect((await dump())[0]?.counts).toEqual(before?.counts)
    expect((await mail.blocklist.invalid.mine()).items).toEqual([])
    expect(transport.messages).toHaveLength(COUNT)
    for (const round of ['first', 'replay']) {
      for (const request of sent)
        await mail.ingest.dsn(
          aDsn(returnPathOf(request), { recipient: request.envelope.to[0] ?? '' }, `X-Round: ${round}\n`),
        )
      await settle(service)
      expect((await dump())[0]?.counts).toMatchObject({ delivered: COUNT, bouncedHard: COUNT, invalid: COUNT })
    }
    expect(transport.messages).toHaveLength(COUNT)
  })
})
