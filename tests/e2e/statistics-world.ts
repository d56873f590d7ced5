import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import {
  type Bundle,
  type CountItem,
  isMailError,
  type Observation,
  type RecipientOutcome,
  type Storage,
  type TransportRequest,
} from '@mailwright/core'
import { accepted, aService, DOMAIN, opened, refused, SENDER, type Service, START, settle } from './a-service.js'

const MINUTE = 60_000
const READER = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0' }
const SCANNER = { userAgent: 'Mozilla/5.0 (compatible; BarracudaCentral)' }
export const NEWS = 'news.shop.example'

/** Somebody whom the gates of a send turned down: nothing is stored of him, so the world keeps it. */
export interface Refusal {
  readonly at: number
  readonly domain: string
  readonly recipientDomain: string
  readonly template: string
}

export interface World {
  readonly service: Service
  readonly startedAt: number
  readonly storage: Storage
  /** Everything the service has settled and counted, in the order it did. */
  readonly settled: readonly Observation[]
  readonly counted: readonly CountItem[]
  readonly refusals: readonly Refusal[]
  /** Names and tags of domains and tasks, as the world made them. */
  readonly domainNames: ReadonlyMap<string, string>
  readonly tags: {
    readonly domains: Readonly<Record<string, string>>
    readonly tasks: Readonly<Record<string, string>>
  }
}

const recording = (storage: Storage, settled: Observation[], counted: CountItem[]): Storage => ({
  ...storage,
  async apply(bundles: readonly Bundle[], options) {
    const results = await storage.apply(bundles, options)
    bundles.forEach(({ changes }, index) => {
      if (results[index]?.applied !== true) return
      for (const change of changes) {
        if (change.type === 'settle') settled.push(...change.items)
        if (change.type === 'count') counted.push(...change.items)
      }
    })
    return results
  },
})

export interface Life {
  readonly startAt?: number
  /** How far the clock of a second process, which takes its turns, is behind. */
  readonly behindMs?: number
  /** In the end the second domain, its sender and the template are deleted. */
  readonly deleting?: boolean
}

/**
 * Some days in the life of a service: single sends and batches to people who take, put off, bounce or are blocked, at any minute, with opens, clicks and
 * unsubscribes of people and machines days later, some of them while the mail is still handed over. The same numbers from `random`, the same life.
 */
export async function aWorld(
  random: () => number,
  { startAt = START, behindMs = 0, deleting = false }: Life = {},
): Promise<World> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const settled: Observation[] = []
  const counted: CountItem[] = []
  const storage = recording(memoryStorage(), settled, counted)
  const putOff = new Set<string>()
  const answer = async ({ content }: TransportRequest, to: string): Promise<RecipientOutcome> => {
    if (random() < 0.1) await look(content)
    if (to.startsWith('hard')) return refused(550, '5.1.1', 'no such user')
    if (to.startsWith('spam')) return refused(554, '5.7.1', 'message looks like spam')
    if (to.startsWith('full')) return refused(452, '4.2.2', 'mailbox full')
    if (!to.startsWith('later') || putOff.has(to)) return accepted
    putOff.add(to)
    return refused(451, '4.7.1', 'greylisted')
  }
  const policy = { startLevel: 20, frequencyPerHour: 4 }
  const service = await aService({ storage, answer, policy, clock: steppedClock(startAt) })
  const second = await aService({ storage, answer, policy, clock: steppedClock(startAt - behindMs) })
  const { mail, clock, transport } = service
  const live = async (until = 0) => {
    await second.clock.stepTo(Math.max(second.clock.now(), clock.now() - behindMs))
    await settle(random() < 0.5 ? service : second, behindMs === 0 ? until : 0)
    await settle(service, until)
  }
  await mail.domains.create({ name: NEWS, trust: 'operator', tags: { team: 'growth' } })
  await mail.senders.create({ address: `hi@${NEWS}` })
  await mail.statistics.settings.setAccount({ opens: true, clicks: true })
  const html = '<p>Hi {{name}}, <a href="https://shop.example/a">one</a> <a href="https://shop.example/b">two</a></p>'
  const template = await mail.templates.create({ name: 'tracked', subject: 'News', html })
  await mail.blocklist.custom.add({ addresses: ['blocked@a.example', 'blocked@b.example'] })
  const { items: domains } = await mail.domains.list()
  const refusals: Refusal[] = []
  const tasks: Record<string, string> = {}
  const domainsOfMail = ['a.example', 'b.example', 'c.example']
  const someone = () =>
    `${pick(['ann', 'bob', 'cid', 'hard', 'full', 'later', 'spam', 'blocked'])}${pick(['', '', '2'])}@${pick(domainsOfMail)}`

  const send = async () => {
    const to = [...new Set([someone(), someone()])].slice(0, random() < 0.5 ? 1 : 2)
    const from = pick([SENDER, `hi@${NEWS}`])
    const direct = random() < 0.4
    const content = direct
      ? { subject: 'Hi', html: '<p>x <a href="https://shop.example/c">c</a></p>' }
      : { template: 'tracked', variables: { name: 'Ann' } }
    const at = clock.now()
    const note = (address: string) =>
      refusals.push({
        at,
        domain: from.split('@')[1] ?? '',
        recipientDomain: address.split('@')[1] ?? '',
        template: direct ? '' : template.id,
      })
    try {
      const { messages } = await mail.send({ from, to, ...content })
      for (const message of messages) if (message.state === 'refused') note(message.to)
    } catch (error) {
      if (!isMailError(error) || error.kind !== 'refused') throw error
      for (const address of to) note(address)
    }
  }

  const batch = async (n: number) => {
    await mail.groups.create({ name: `g${n}` })
    const people = [...new Set(Array.from({ length: 6 }, someone))]
    await mail.groups.importCsv(`g${n}`, `email,name\n${people.map((one) => `${one},X`).join('\n')}\n`)
    const tag = random() < 0.5 ? { team: pick(['crm', 'growth']) } : {}
    const { id } = await mail.tasks.create({
      type: 'immediate',
      from: pick([SENDER, `hi@${NEWS}`]),
      template: 'tracked',
      group: `g${n}`,
      tags: tag,
    })
    if (tag.team !== undefined) tasks[id] = tag.team
  }

  const visit = async () => {
    const messages = [...transport.messages, ...second.transport.messages]
    const message = messages[Math.floor(random() * messages.length)]
    if (message) await look(message.content)
  }

  async function look(content: Uint8Array): Promise<void> {
    const { html: body = '' } = await opened(content)
    const tokens = (path: string) => [...body.matchAll(new RegExp(`"https://app.example/mail/${path}/([\\w-]+)"`, 'g'))]
    const visitor = random() < 0.75 ? READER : SCANNER
    const [token] = random() < 0.6 ? tokens('o') : tokens('c').slice(random() < 0.5 ? 0 : 1)
    if (!token?.[1]) return
    if (token[0].includes('/o/')) await mail.tracking.open(token[1], visitor)
    else await mail.tracking.click(token[1], visitor)
  }

  for (let step = 0; step < 60; step += 1) {
    const what = random()
    if (what < 0.4) await send()
    else if (what < 0.48) await batch(step)
    else if (what < 0.8) await visit()
    else if (what < 0.82) await mail.blocklist.custom.add({ addresses: [someone()] })
    if (random() < 0.6) await live()
    clock.stepBy(Math.floor(random() * random() * 400) * MINUTE + Math.floor(random() * MINUTE))
  }
  await live(clock.now() + 4 * 86_400_000)
  for (let n = 0; n < 10; n += 1) await visit()
  await live(clock.now() + 10 * MINUTE)
  if (deleting) {
    await mail.senders.delete(`hi@${NEWS}`)
    await mail.domains.delete(NEWS)
    await mail.templates.delete('tracked')
  }
  return {
    service,
    startedAt: startAt,
    storage,
    settled,
    counted,
    refusals,
    domainNames: new Map(domains.map(({ id, name }) => [id, name])),
    tags: { domains: deleting ? {} : { [NEWS]: 'growth' }, tasks },
  }
}

export { DOMAIN }
