import type { EventRow, JsonObject, RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  aTask,
  DAY,
  DOMAIN,
  otherMail,
  refused,
  SENDER,
  type Service,
  START,
  settle,
  welcome,
} from './a-service.js'

const MINUTE = 60_000
const reply = '550 5.1.1 no such user here'

/** Bounces, defers once, or takes mail by what the address begins with. */
const answers = () => {
  const seen = new Set<string>()
  return (_: unknown, to: string): RecipientOutcome => {
    if (to.startsWith('hard')) return refused(550, '5.1.1', 'no such user here')
    if (to.startsWith('full')) return refused(552, '5.2.2', 'mailbox full')
    if (!to.startsWith('later') || seen.has(to)) return accepted
    seen.add(to)
    return refused(451, '4.7.1', 'greylisted, come again')
  }
}
const start = () => aService({ answer: answers() })

const sent = async (service: Service, to: string): Promise<string> => {
  const { messages } = await service.mail.send({ ...welcome, to })
  return messages[0]?.id ?? ''
}

/** What comes back about a mail, as the intake of tracking and feedback stores it. */
async function comesBack({ storage, clock }: Service, message: string, kind: string, detail: JsonObject = {}) {
  const [row] = await storage.read.messages([message])
  if (!row) throw new Error('no such message')
  const event: EventRow = {
    key: `${message}:${kind}:${clock.now()}`,
    message,
    account: row.account,
    kind,
    at: clock.now(),
    detail,
    sentAt: row.bucket,
    domain: DOMAIN,
    recipientDomain: row.recipientKey.split('@')[1] ?? '',
    template: row.template,
    task: row.task,
    person: row.recipientKey,
  }
  const blank = { insert: null, facts: 0, attempt: 0, reply: '', raw: null, cells: [], block: null, work: null }
  await storage.apply([
    { guards: [], changes: [{ type: 'settle', shard: 0, items: [{ ...blank, message, at: event.at, event }] }] },
  ])
}

const read = async (lines: AsyncIterable<string>) => {
  let text = ''
  for await (const line of lines) text += line
  return text
}

describe('deliveries.messages', () => {
  it("DLV-2: shows each mail's state with the original's numbers beside it", async () => {
    const service = await start()
    const { mail } = service
    for (const to of ['ann@a.example', 'hard@a.example', 'later@a.example', 'waits@a.example']) await sent(service, to)
    await mail.blocklist.custom.add({ addresses: ['waits@a.example'] })
    await mail.tick({ maxMs: 60_000 })
    await sent(service, 'bob@a.example')
    const { items } = await mail.deliveries.messages()
    const shown = items.map((one) => [one.recipient, one.state, one.sendStatus, one.deliverStatus, one.lastReply])
    expect(shown).toEqual([
      ['bob@a.example', 'accepted', 0, 0, ''],
      ['waits@a.example', 'dropped', 1007, 2, 'CUSTOM_BLOCKED'],
      ['later@a.example', 'deferred', 0, 8, '451 4.7.1 greylisted, come again'],
      ['hard@a.example', 'bounced', 0, 3, reply],
      ['ann@a.example', 'delivered', 0, 1, '250 2.0.0 ok'],
    ])
  })

  it('DLV-2: finds mail by date range and recipient, however the address is written, page by page', async () => {
    const service = await start()
    const { mail, clock } = service
    for (let hour = 0; hour < 4; hour += 1) {
      await sent(service, 'Ann@A.Example')
      await sent(service, `b${hour}@a.example`)
      clock.stepTo(clock.now() + 60 * MINUTE)
    }
    const of = async (input: Parameters<typeof mail.deliveries.messages>[0]) =>
      (await mail.deliveries.messages(input)).items
    expect(await of({ recipient: 'ann@a.example' })).toHaveLength(4)
    const range = { from: START + 60 * MINUTE, to: START + 180 * MINUTE }
    expect((await of(range)).map(({ recipient }) => recipient)).toEqual([
      'b2@a.example',
      'Ann@A.Example',
      'b1@a.example',
      'Ann@A.Example',
    ])
    const first = await mail.deliveries.messages({ ...range, recipient: 'ann@a.example', limit: 1 })
    const second = await mail.deliveries.messages({
      ...range,
      recipient: 'ann@a.example',
      limit: 1,
      cursor: first.next ?? '',
    })
    expect([first.items[0]?.acceptedAt, second.items[0]?.acceptedAt]).toEqual([
      START + 120 * MINUTE,
      START + 60 * MINUTE,
    ])
    await expect(mail.deliveries.messages({ recipient: 'no address' })).rejects.toMatchObject({
      code: 'ADDRESS_INVALID',
    })
  })
})

describe('deliveries.timeline', () => {
  it('DLV-2: tells the whole life of a mail with every raw reply', async () => {
    const service = await start()
    const id = await sent(service, 'later@a.example')
    await settle(service, START + 60 * MINUTE)
    await comesBack(service, id, 'open', { verdict: 'human', userAgent: 'Mail/1' })
    await comesBack(service, id, 'click', { verdict: 'human', userAgent: 'Mail/1', link: 'https://shop.example/a' })
    service.clock.stepTo(START + DAY)
    await comesBack(service, id, 'complaint')
    const life = await service.mail.deliveries.timeline(id)
    expect(life.map(({ kind }) => kind)).toEqual(['accepted', 'deferred', 'delivered', 'click', 'open', 'complaint'])
    expect(life[1]).toMatchObject({ at: START, detail: { attempt: 1, reply: '451 4.7.1 greylisted, come again' } })
    expect(life[2]?.detail).toMatchObject({ attempt: 2, reply: '250 2.0.0 ok' })
    expect(life[3]?.detail).toMatchObject({ link: 'https://shop.example/a' })
    expect(life[5]?.at).toBe(START + DAY)
  })

  it('DLV-2: keeps the delivery in sight when more comes back, and names the reason of an end of ours', async () => {
    const service = await start()
    const { mail } = service
    const ann = await sent(service, 'ann@a.example')
    const bob = await sent(service, 'bob@a.example')
    expect((await mail.deliveries.timeline(bob)).map(({ kind }) => kind)).toEqual(['accepted'])
    await mail.blocklist.custom.add({ addresses: ['bob@a.example'] })
    await settle(service)
    await comesBack(service, ann, 'open')
    expect((await mail.deliveries.timeline(ann)).map(({ kind }) => kind)).toEqual(['accepted', 'delivered', 'open'])
    expect(await mail.deliveries.timeline(bob)).toEqual([
      { at: START, kind: 'accepted', detail: {} },
      { at: START, kind: 'dropped', detail: { reason: 'CUSTOM_BLOCKED' } },
    ])
  })

  it('ACC-2: of another account it knows nothing', async () => {
    const service = await start()
    const other = await anotherAccount(service)
    const { messages } = await other.send(otherMail('ann@a.example'))
    await expect(service.mail.deliveries.timeline(messages[0]?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await settle(service)
    await other.send(otherMail('hard@a.example'))
    await settle(service)
    expect((await service.mail.deliveries.bounces()).items).toEqual([])
    expect((await other.deliveries.bounces()).items).toHaveLength(1)
  })
})

describe('lists of what came back', () => {
  it('DLV-3: bounces say hard or soft, the class and the raw reply, of mail of every kind', async () => {
    const service = await start()
    const { mail } = service
    await sent(service, 'hard@a.example')
    await sent(service, 'full@b.example')
    await mail.groups.create({ name: 'all' })
    await mail.groups.importCsv('all', 'email,name\nhardly@c.example,Ann\nann@c.example,Ann\n')
    const { id: task } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'all' })
    await settle(service)
    const { items } = await mail.deliveries.bounces()
    expect(
      items
        .map(({ recipient, hardness, reason, reply: raw, task: of }) => [recipient, hardness, reason, raw, of])
        .sort(),
    ).toEqual([
      ['full@b.example', 'soft', 'mailbox-full', '552 5.2.2 mailbox full', null],
      ['hard@a.example', 'hard', 'no-such-user', reply, null],
      ['hardly@c.example', 'hard', 'no-such-user', reply, task],
    ])
    const found = async (input: Parameters<typeof mail.deliveries.bounces>[0]) =>
      (await mail.deliveries.bounces(input)).items.map(({ recipient }) => recipient).sort()
    expect(await found({ recipientDomains: ['a.example', 'b.example'] })).toEqual(['full@b.example', 'hard@a.example'])
    expect(await found({ domains: ['other.example'] })).toEqual([])
    expect(await found({ recipient: 'HARD@a.example' })).toEqual(['hard@a.example'])
    expect(await found({ from: START + 1 })).toEqual([])
  })

  it('DLV-3: opens and clicks are asked for by when they happened and by when the mail was sent; machines only on request', async () => {
    const service = await start()
    const { mail, clock } = service
    const early = await sent(service, 'ann@a.example')
    clock.stepTo(START + DAY)
    const late = await sent(service, 'bob@b.example')
    await settle(service)
    await comesBack(service, early, 'open', { verdict: 'human', userAgent: 'Mail/1' })
    clock.stepTo(START + 2 * DAY)
    await comesBack(service, late, 'open', { verdict: 'human', userAgent: 'Mail/2' })
    await comesBack(service, late, 'machine-open', { verdict: 'machine', why: 'scanner', userAgent: 'Bot/1' })
    await comesBack(service, late, 'click', { verdict: 'human', userAgent: 'Mail/2', link: 'https://shop.example/b' })
    const opens = async (input: Parameters<typeof mail.deliveries.opens>[0] = {}) =>
      (await mail.deliveries.opens(input)).items.map(({ recipient, userAgent, human, why }) => [
        recipient,
        userAgent,
        human,
        why,
      ])
    const ann = ['ann@a.example', 'Mail/1', true, null]
    const bob = ['bob@b.example', 'Mail/2', true, null]
    expect(await opens()).toEqual([bob, ann])
    expect(await opens({ machines: true })).toEqual([bob, ['bob@b.example', 'Bot/1', false, 'scanner'], ann])
    expect(await opens({ to: START + DAY + 1 })).toEqual([ann])
    expect(await opens({ sentFrom: START, sentTo: START + 15 * MINUTE })).toEqual([ann])
    expect(await opens({ sentFrom: START + DAY })).toEqual([bob])
    expect(await opens({ recipientDomains: ['b.example'] })).toEqual([bob])
    expect((await mail.deliveries.clicks()).items).toMatchObject([{ message: late, link: 'https://shop.example/b' }])
  })

  it('DLV-3: spam reports and unsubscribes are lists of their own', async () => {
    const service = await start()
    const { mail } = service
    const ann = await sent(service, 'ann@a.example')
    const bob = await sent(service, 'bob@b.example')
    await settle(service)
    await comesBack(service, ann, 'complaint')
    await comesBack(service, bob, 'unsubscribe', { via: 'link' })
    expect((await mail.deliveries.complaints()).items).toMatchObject([{ recipient: 'ann@a.example', domain: DOMAIN }])
    expect((await mail.deliveries.unsubscribes()).items).toMatchObject([{ recipient: 'bob@b.example', via: 'link' }])
    const page = await mail.deliveries.unsubscribes({ limit: 1 })
    expect(page.next).toBeNull()
  })
})

describe('deliveries.exportCsv', () => {
  it("DLV-3: column C is the time in UTC milliseconds, which the guide's formula turns into a date", async () => {
    const service = await start()
    const { mail } = service
    await sent(service, 'hard@a.example')
    await settle(service)
    for (const list of ['messages', 'bounces'] as const) {
      const [header = '', line = ''] = (await read(mail.deliveries.exportCsv({ list }))).split('\r\n')
      expect(header.startsWith('\uFEFFemail,')).toBe(true)
      const c2 = line.split(',')[2] ?? ''
      expect(c2).toBe(String(START))
      // =TEXT(C2/86400000+DATE(1970,1,1),"YYYY-MM-DD HH:mm:ss"): days since 1970, and the rest of the day.
      const days = Number(c2) / 86_400_000
      expect(new Date(Math.floor(days) * 86_400_000).toISOString().slice(0, 10)).toBe('2026-11-23')
      expect(Math.round((days % 1) * 24)).toBe(9)
    }
  })

  it('DLV-3, T6: no cell is a formula, and our own import gets the same addresses back', async () => {
    const service = await start()
    const { mail } = service
    const people = [
      '=cmd@a.example',
      '+44@a.example',
      '-x@a.example',
      "'=y@a.example",
      "o'neil@a.example",
      'ann@a.example',
    ]
    await mail.send({ from: SENDER, to: people, subject: 'Hi', text: 'x' })
    await settle(service)
    const csv = await read(mail.deliveries.exportCsv({ list: 'messages' }))
    for (const line of csv.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+\-@＝＋－＠]/)
    expect(csv).toContain("'=cmd@a.example")
    await mail.groups.create({ name: 'again' })
    await mail.groups.importCsv('again', csv)
    const back: string[] = []
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const page: Awaited<ReturnType<typeof mail.groups.recipients>> = await mail.groups.recipients(
        'again',
        cursor ? { cursor } : {},
      )
      back.push(...page.items.map(({ address }) => address))
      cursor = page.next
    }
    expect(back.sort()).toEqual([...people].sort())
  })

  it('DLV-3: exports many rows page by page, each once, and stops reading when nobody reads on', async () => {
    const service = await aService({ policy: { startLevel: 20 } })
    const { mail, storage } = service
    await aTask(service, 1_200)
    await settle(service)
    let pages = 0
    const { messagesPage } = storage.read
    Object.assign(storage.read, {
      messagesPage: (filter: Parameters<typeof messagesPage>[0]) => {
        pages += 1
        return messagesPage(filter)
      },
    })
    const text = await read(mail.deliveries.exportCsv({ list: 'messages' }))
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(1_201)
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(1_201)
    expect(pages).toBe(3)
    pages = 0
    for await (const line of mail.deliveries.exportCsv({ list: 'messages' })) if (line.includes('@')) break
    expect(pages).toBe(1)
  })

  it('ERR-3: names what is wrong with the question when the first line is asked for', async () => {
    const { mail } = await start()
    await expect(read(mail.deliveries.exportCsv({ list: 'opens', from: -1 }))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    await expect(read(mail.deliveries.exportCsv({ list: 'nothing' } as never))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})
