import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { describe, expect, it } from 'vitest'
import { aService, DOMAIN, opened, refused, rows, SENDER, type Service, settle } from './a-service.js'

const MAIL = 'https://app.example/mail'
const READER = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0' }
const SCANNER = { userAgent: 'Mozilla/5.0 (compatible; BarracudaCentral)' }
const MINUTE = 60_000

const BODY =
  '<html><body><p>Hello {{name}}, <a href="https://shop.example/sale?a=1&amp;b=2">the sale</a>, <a href="https://shop.example/of/{{name}}">yours</a>, <a href="mailto:hi@shop.example">write</a></p></body></html>'

async function aTrackedService(options: Parameters<typeof aService>[0] = {}) {
  const service = await aService(options)
  await service.mail.templates.create({ name: 'news', subject: 'News', html: BODY })
  await service.mail.statistics.settings.setAccount({ opens: true, clicks: true })
  return service
}

const send = ({ mail }: Pick<Service, 'mail'>, to = 'ann@readers.example') =>
  mail.send({ from: SENDER, to, template: 'news', variables: { name: 'Ann' } })

/** The tokens of a mail: of its pixel, and of its links in order. */
async function tokensOf(content: Uint8Array | undefined) {
  const { html = '', text = '' } = await opened(content ?? new Uint8Array())
  const tokens = (path: string) =>
    [...html.matchAll(new RegExp(`"${MAIL}/${path}/([\\w-]+)"`, 'g'))].map(([, token]) => token ?? '')
  return { html, text, open: tokens('o')[0] ?? '', clicks: tokens('c') }
}

const lastMail = ({ transport }: Pick<Service, 'transport'>) => tokensOf(transport.messages.at(-1)?.content)

async function countsOf({ storage, clock }: Pick<Service, 'storage' | 'clock'>) {
  const [all] = await storage.read.tallies({ cube: 'sender', account: 'default', from: 0, to: clock.now() + 1, by: [] })
  return all?.counts
}

async function eventsOf({ mail }: Pick<Service, 'mail'>, message: string) {
  const entries = await mail.deliveries.timeline(message)
  return entries.map(({ kind }) => kind)
}

describe('tracking', () => {
  it('STA-2: opens and clicks count under their sender domain also when it has been deleted since', async () => {
    const service = await aTrackedService()
    const { mail, clock } = service
    await send(service)
    await settle(service)
    const { open, clicks } = await lastMail(service)
    await mail.senders.delete(SENDER)
    await mail.domains.delete(DOMAIN)
    await clock.stepBy(MINUTE)
    await mail.tracking.open(open, READER)
    await mail.tracking.click(clicks[0] ?? '', READER)
    await settle(service, clock.now() + 3 * MINUTE)
    expect((await mail.deliveries.opens()).items).toMatchObject([{ domain: DOMAIN }])
    expect((await mail.deliveries.clicks()).items).toMatchObject([{ domain: DOMAIN }])
    expect(await countsOf(service)).toMatchObject({ opens: 1, clicks: 1, uncorrelated: 0 })
    expect(service.problems).toEqual([])
  })

  it('TRK-1: an open and a click of a reader are counted once in the facts, each time in the counters', async () => {
    const service = await aTrackedService()
    const { mail, clock } = service
    const sent = await send(service)
    await settle(service)
    const { open, clicks, html, text } = await lastMail(service)
    expect(clicks).toHaveLength(2)
    expect(html).toContain('<a href="mailto:hi@shop.example">')
    expect(html).toMatch(/<img src="[^"]+" width="1" height="1" alt=""><\/body><\/html>\s*$/)
    expect(text.trim()).toBe(
      'Hello Ann, the sale (https://shop.example/sale?a=1&b=2), yours (https://shop.example/of/Ann), write (mailto:hi@shop.example)',
    )

    await clock.stepBy(MINUTE)
    for (const _ of [1, 2]) expect(await mail.tracking.open(open, READER)).toBe(true)
    expect(await mail.tracking.click(clicks[0] ?? '', READER)).toBe('https://shop.example/sale?a=1&b=2')
    await clock.stepBy(MINUTE)
    expect(await mail.tracking.click(clicks[1] ?? '', READER)).toBe('https://shop.example/of/Ann')
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({
      opens: 2,
      clicks: 2,
      opened: 1,
      humanOpened: 1,
      clicked: 1,
      machineOpens: 0,
      machineClicks: 0,
    })
    const id = sent.messages[0]?.id ?? ''
    const events = await mail.deliveries.timeline(id)
    expect(events.filter(({ kind }) => kind === 'click').map(({ detail }) => detail)).toEqual([
      { verdict: 'human', userAgent: READER.userAgent, link: 'https://shop.example/sale?a=1&b=2', number: 0 },
      { verdict: 'human', userAgent: READER.userAgent, link: 'https://shop.example/of/Ann', number: null },
    ])
  })

  it('TRK-1: a click alone is an open, too', async () => {
    const service = await aTrackedService()
    await send(service)
    await settle(service)
    await service.clock.stepBy(MINUTE)
    await service.mail.tracking.click((await lastMail(service)).clicks[0] ?? '', READER)
    await settle(service, service.clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ opened: 1, humanOpened: 1, clicked: 1, opens: 0, clicks: 1 })
  })

  it('TRK-1, T10: changed, foreign and expired tokens redirect nowhere and count nothing', async () => {
    const service = await aTrackedService()
    const stranger = await aTrackedService({ more: { secret: 'the secret of somebody else' } })
    for (const one of [service, stranger]) {
      await send(one)
      await settle(one)
    }
    const { open, clicks } = await lastMail(service)
    const foreign = await lastMail(stranger)
    const { mail, clock } = service
    for (const token of [
      foreign.clicks[0] ?? '',
      foreign.clicks[1] ?? '',
      open,
      `${clicks[0]}A`,
      '',
      '..',
      'https://evil.example/',
    ])
      expect(await mail.tracking.click(token, READER)).toBe(null)
    for (const token of [foreign.open, clicks[0] ?? '', `${open}A`])
      expect(await mail.tracking.open(token, READER)).toBe(false)
    await clock.stepBy(367 * 24 * 60 * MINUTE)
    expect(await mail.tracking.click(clicks[0] ?? '', READER)).toBe(null)
    expect(await mail.tracking.open(open, READER)).toBe(false)
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ opens: 0, clicks: 0, machineOpens: 0, machineClicks: 0 })
  })

  it('TRK-1: batch, regular and direct mail are tracked, each recipient apart; text mail never is', async () => {
    const service = await aTrackedService()
    const { mail, transport } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(3))
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'news', group: 'readers' })
    await mail.sendRegular({
      from: SENDER,
      to: ['a@x.example', 'b@x.example'],
      template: 'news',
      variables: { name: 'all' },
    })
    await mail.send({ from: SENDER, to: 'c@x.example', subject: 'Hi', html: '<a href="https://a.example/{{x}}">x</a>' })
    await mail.send({ from: SENDER, to: 'd@x.example', subject: 'Hi', text: 'https://a.example/' })
    await settle(service)
    expect(transport.messages).toHaveLength(7)
    const mails = await Promise.all(transport.messages.map(({ content }) => tokensOf(content)))
    const tracked = mails.filter(({ open }) => open !== '')
    expect(tracked).toHaveLength(6)
    const tokens = tracked.flatMap(({ open, clicks }) => [open, ...clicks])
    expect(new Set(tokens).size).toBe(6 + 5 * 2 + 1)
    const targets = await Promise.all(tokens.map((token) => mail.tracking.click(token)))
    expect(new Set(targets)).toEqual(
      new Set([
        null,
        'https://shop.example/sale?a=1&b=2',
        ...['all', 'Reader%200', 'Reader%201', 'Reader%202'].map((name) => `https://shop.example/of/${name}`),
        'https://a.example/%7B%7Bx%7D%7D',
      ]),
    )
  })

  it('TRK-1: old links lead on after the template is edited and deleted, also when the message is long gone', async () => {
    const service = await aTrackedService()
    const { mail, clock, storage } = service
    await send(service)
    await settle(service)
    const { clicks } = await lastMail(service)
    await mail.templates.update('news', { html: '<a href="https://elsewhere.example/">x</a>' })
    await mail.templates.delete('news')
    await clock.stepBy(200 * 24 * 60 * MINUTE)
    await storage.apply([
      { guards: [], changes: [{ type: 'purge', rows: 'messages', before: clock.now(), limit: 1_000 }] },
    ])
    expect(await mail.tracking.click(clicks[0] ?? '')).toBe('https://shop.example/sale?a=1&b=2')
    expect(await mail.tracking.click(clicks[1] ?? '')).toBe('https://shop.example/of/Ann')
  })

  it('TRK-1: a retry carries the same links, byte for byte', async () => {
    let first = true
    const service = await aTrackedService({
      answer: () => {
        const outcome = first ? refused(451, '4.3.0') : undefined
        first = false
        return outcome ?? { type: 'accepted', remoteId: null, reply: null }
      },
    })
    const sent: string[] = []
    const transmit = service.transport.send.bind(service.transport)
    service.transport.send = (request, signal) => {
      sent.push(Buffer.from(request.content).toString())
      return transmit(request, signal)
    }
    await send(service)
    await settle(service, service.clock.now() + 60 * MINUTE)
    expect(sent).toHaveLength(2)
    expect(sent[0]).toMatch(/\/c\//)
    expect(sent[1]).toBe(sent[0])
  })
})

describe('machines', () => {
  it('TRK-3, T13: prefetchers and scanners are marked and counted apart', async () => {
    const service = await aTrackedService()
    const { mail, clock } = service
    const sent = await send(service)
    await settle(service)
    const { open, clicks } = await lastMail(service)
    await clock.stepBy(MINUTE)
    await mail.tracking.open(open, SCANNER)
    await mail.tracking.open(open, { ...READER, method: 'HEAD' })
    await mail.tracking.click(clicks[0] ?? '', SCANNER)
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({
      opens: 0,
      clicks: 0,
      opened: 1,
      humanOpened: 0,
      clicked: 0,
      machineOpens: 2,
      machineClicks: 1,
    })
    expect(await eventsOf(service, sent.messages[0]?.id ?? '')).toEqual(
      expect.arrayContaining(['machine-open', 'machine-open', 'machine-click']),
    )
  })

  it('TRK-3: who follows all links at once is a machine, the first click included, whatever it calls itself', async () => {
    const service = await aTrackedService()
    const { mail, clock } = service
    await send(service)
    await settle(service)
    const { clicks } = await lastMail(service)
    await clock.stepBy(MINUTE)
    await mail.tracking.click(clicks[0] ?? '', READER)
    await mail.tick()
    await clock.stepBy(900)
    await mail.tick()
    await mail.tracking.click(clicks[1] ?? '', READER)
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ clicks: 0, machineClicks: 2, humanOpened: 0, clicked: 0 })
  })

  it('TRK-1, TRK-3: a scanner that looks while the mail is handed over, before its row is stored, is not lost', async () => {
    const service = await aTrackedService()
    const { mail, clock, transport } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(1))
    const looked: (string | null | boolean)[] = []
    const send = transport.send.bind(transport)
    transport.send = async (request, signal) => {
      const { open, clicks } = await tokensOf(request.content)
      looked.push(await mail.tracking.open(open, READER), await mail.tracking.click(clicks[0] ?? '', READER))
      // They are looked at now, and there is no row yet.
      await mail.tick()
      return send(request, signal)
    }
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'news', group: 'readers' })
    await settle(service, clock.now() + 5 * MINUTE)
    expect(looked).toEqual([true, 'https://shop.example/sale?a=1&b=2'])
    expect(await countsOf(service)).toMatchObject({ machineOpens: 1, machineClicks: 1, opened: 1, humanOpened: 0 })
  })

  it('TRK-3: a flood of one token is bounded, and what a person does still counts', async () => {
    const service = await aTrackedService({ policy: { visitsPerHour: 5 } })
    const { mail, clock } = service
    await send(service)
    await settle(service)
    const { open } = await lastMail(service)
    await clock.stepBy(MINUTE)
    for (let count = 0; count < 200; count++) expect(await mail.tracking.open(open, SCANNER)).toBe(true)
    await mail.tracking.open(open, READER)
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ machineOpens: 5, opens: 1, humanOpened: 1 })
    await clock.stepBy(60 * MINUTE)
    await mail.tracking.open(open, SCANNER)
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ machineOpens: 6 })
  })

  it('TRK-1: leads on while the storage is away, and counts when it is back', async () => {
    const service = await aTrackedService({ storage: memoryStorage() })
    const { mail, clock, storage } = service
    await send(service)
    await settle(service)
    const { open, clicks } = await lastMail(service)
    await clock.stepBy(MINUTE)
    const apply = storage.apply
    let away = true
    storage.apply = (...given) => (away ? Promise.reject(new Error('away')) : apply(...given))
    expect(await mail.tracking.open(open, READER)).toBe(true)
    expect(await mail.tracking.click(clicks[1] ?? '', READER)).toBe('https://shop.example/of/Ann')
    away = false
    // It comes back in its own time, which is real.
    while ((await storage.read.nextDue({ kinds: ['track'], takeoverMs: 0 })) === null)
      await new Promise((resolve) => setImmediate(resolve))
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ opens: 1, clicks: 1 })
  })

  it('TRK-1: what finds no mail is looked at again, and counted as lost in the end', async () => {
    const service = await aTrackedService()
    const { mail, clock, storage, problems } = service
    await send(service)
    await settle(service)
    const { open } = await lastMail(service)
    await storage.apply([
      { guards: [], changes: [{ type: 'purge', rows: 'messages', before: clock.now() + 1, limit: 1_000 }] },
    ])
    expect(await mail.tracking.open(open, READER)).toBe(true)
    await settle(service, clock.now() + 120 * MINUTE)
    const [lost] = await storage.read.tallies({ cube: 'sender', account: '', from: 0, to: clock.now() })
    expect(lost?.counts.uncorrelated).toBe(1)
    expect(await storage.read.nextDue({ kinds: ['track'], takeoverMs: 0 })).toBe(null)
    expect(problems).toEqual([])
  })
})

describe('tracking switches', () => {
  it('TRK-2: all is off at first', async () => {
    const service = await aService()
    expect(await service.mail.statistics.settings.get()).toEqual({
      account: { opens: false, clicks: false },
      domains: { items: [{ domain: DOMAIN, opens: false, clicks: false }], next: null },
    })
    await service.mail.templates.create({ name: 'news', subject: 'News', html: BODY })
    await send(service)
    await settle(service)
    expect(await lastMail(service)).toMatchObject({ open: '', clicks: [] })
  })

  it('TRK-2: the account sets its domains, a domain differs afterwards, a new one is as the account', async () => {
    const { mail } = await aService()
    const { settings } = mail.statistics
    await mail.domains.create({ name: 'two.example', trust: 'operator' })
    await settings.setAccount({ opens: true })
    await settings.setDomains({ domains: ['two.example'], opens: false, clicks: true })
    await mail.domains.create({ name: 'three.example', trust: 'operator' })
    const shown = async () => {
      const { domains } = await settings.get()
      return Object.fromEntries(domains.items.map(({ domain, opens, clicks }) => [domain, [opens, clicks]]))
    }
    expect(await shown()).toEqual({
      [DOMAIN]: [true, false],
      'two.example': [false, true],
      'three.example': [true, false],
    })
    await settings.setAccount({ opens: true })
    expect(await shown()).toEqual({
      [DOMAIN]: [true, false],
      'two.example': [true, true],
      'three.example': [true, false],
    })
  })

  it('TRK-2: opens and clicks are two switches', async () => {
    const service = await aTrackedService()
    const { settings } = service.mail.statistics
    await settings.setAccount({ opens: false })
    await send(service)
    await settle(service)
    expect(await lastMail(service)).toMatchObject({ open: '', clicks: [expect.any(String), expect.any(String)] })
    await settings.setDomains({ domains: [DOMAIN], opens: true, clicks: false })
    await send(service)
    await settle(service)
    expect(await lastMail(service)).toMatchObject({ open: expect.stringMatching(/./), clicks: [] })
  })

  it('TRK-2: a switch acts on mail composed afterwards, also of a batch under way; old links still redirect', async () => {
    const service = await aTrackedService({ policy: { unsettledMax: 10 } })
    const { mail, transport, clock } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(100))
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'news', group: 'readers' })
    const send = transport.send.bind(transport)
    let count = 0
    transport.send = async (request, signal) => {
      count += 1
      if (count === 30) await mail.statistics.settings.setAccount({ opens: false, clicks: false })
      return send(request, signal)
    }
    await settle(service)
    const mails = await Promise.all(transport.messages.map(({ content }) => tokensOf(content)))
    const tracked = mails.filter(({ open }) => open !== '')
    expect(mails).toHaveLength(100)
    expect(tracked.length).toBeGreaterThanOrEqual(30)
    expect(tracked.length).toBeLessThanOrEqual(50)
    await clock.stepBy(MINUTE)
    expect(await mail.tracking.click(tracked[0]?.clicks[0] ?? '', READER)).toBe('https://shop.example/sale?a=1&b=2')
    await settle(service, clock.now() + MINUTE)
    expect(await countsOf(service)).toMatchObject({ clicks: 1 })
  })

  it('TRK-2: a switch acts on single mail that is claimed and waits for a connection', async () => {
    const service = await aTrackedService({ concurrency: 2 })
    const { mail, transport } = service
    const send1 = transport.send.bind(transport)
    let count = 0
    transport.send = async (request, signal) => {
      count += 1
      if (count === 5) await mail.statistics.settings.setAccount({ opens: false, clicks: false })
      return send1(request, signal)
    }
    for (let index = 0; index < 20; index++) await send(service, `r${index}@x.example`)
    await settle(service)
    const mails = await Promise.all(transport.messages.map(({ content }) => tokensOf(content)))
    expect(mails).toHaveLength(20)
    const tracked = mails.filter(({ open }) => open !== '').length
    expect(tracked).toBeGreaterThanOrEqual(5)
    expect(tracked).toBeLessThanOrEqual(7)
  })

  it('TRK-2: a switch acts on single mail whose claim is just being opened', async () => {
    const stored = memoryStorage()
    let meddle: (() => Promise<unknown>) | null = null
    const messages: typeof stored.read.messages = async (ids) => {
      const now = meddle
      meddle = null
      await now?.()
      return stored.read.messages(ids)
    }
    const service = await aTrackedService({ storage: { ...stored, read: { ...stored.read, messages } } })
    await send(service)
    meddle = () => service.mail.statistics.settings.setAccount({ opens: false, clicks: false })
    await settle(service)
    expect(meddle).toBeNull()
    expect(await lastMail(service)).toMatchObject({ open: '', clicks: [] })
  })

  it('TRK-2: racing changes all take effect', async () => {
    const { mail } = await aService()
    const { settings } = mail.statistics
    const names = Array.from({ length: 8 }, (_, index) => `d${index}.example`)
    for (const name of names) await mail.domains.create({ name, trust: 'operator' })
    await Promise.all([
      ...names.map((name) => settings.setDomains({ domains: [name], opens: true })),
      ...names.map((name) => settings.setDomains({ domains: [name], clicks: true })),
    ])
    const { domains } = await settings.get()
    expect(domains.items.filter(({ opens, clicks }) => opens && clicks)).toHaveLength(8)
  })

  it('TRK-2: unknown and foreign domains are refused, with nothing set', async () => {
    const { mail } = await aService()
    await mail.account('other').domains.create({ name: 'foreign.example', trust: 'operator' })
    for (const name of ['unknown.example', 'foreign.example'])
      await expect(mail.statistics.settings.setDomains({ domains: [DOMAIN, name], opens: true })).rejects.toMatchObject(
        {
          code: 'NOT_FOUND',
        },
      )
    expect((await mail.statistics.settings.get()).domains.items).toMatchObject([{ opens: false }])
    expect((await mail.account('other').statistics.settings.get()).domains.items).toMatchObject([
      { domain: 'foreign.example' },
    ])
  })

  it('TRK-2: cannot be turned on without a public address', async () => {
    const { mail } = await aService({ more: { publicUrl: undefined } })
    await expect(mail.statistics.settings.setAccount({ opens: true })).rejects.toMatchObject({
      code: 'PUBLIC_URL_REQUIRED',
    })
    await mail.statistics.settings.setAccount({ opens: false })
  })
})
