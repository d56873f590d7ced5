import { type SteppedClock, steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { type CaptureTransportOptions, captureTransport } from '@mailwright/adapters/transport/capture'
import {
  createMailService,
  type Logger,
  type MailServiceOptions,
  type RecipientOutcome,
  type Storage,
} from '@mailwright/core'
import PostalMime, { type Email } from 'postal-mime'

export const DOMAIN = 'mail.shop.example'
export const SENDER = `hello@${DOMAIN}`
/** Monday, 23 November 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 10, 23, 9)
export const DAY = 86_400_000

export const accepted: RecipientOutcome = {
  type: 'accepted',
  remoteId: null,
  reply: { code: 250, enhanced: '2.0.0', text: '2.0.0 ok' },
}
export const refused = (code: number, enhanced: string, text = 'no'): RecipientOutcome => ({
  type: 'refused',
  reply: { code, enhanced, text: `${enhanced} ${text}` },
})

/** Everything that goes wrong inside fails the test that runs it. */
export const strictLogger = (problems: string[]): Logger => ({
  log(level, event, fields) {
    if (level === 'error') problems.push(`${event} ${JSON.stringify(fields)}`)
  },
})

interface Options {
  readonly storage?: Storage
  readonly answer?: CaptureTransportOptions['answer']
  readonly policy?: MailServiceOptions['policy']
  readonly more?: Partial<MailServiceOptions>
  /** Connections of the transport. */
  readonly concurrency?: number
  /** Whether the transport can bind an address. */
  readonly sourceAddress?: boolean
  /** Whether the transport goes to each recipient's own servers. */
  readonly direct?: boolean
  readonly clock?: SteppedClock
}

/** A service on memory storage, a stepped clock and a capturing transport, with a trusted domain and a sender. */
export async function aService({
  storage = memoryStorage(),
  answer,
  policy = {},
  more = {},
  concurrency = 20,
  sourceAddress = true,
  direct = false,
  clock = steppedClock(START),
}: Options = {}) {
  const problems: string[] = []
  const transport = captureTransport({
    capabilities: { concurrency, sourceAddress, direct },
    ...(answer ? { answer } : {}),
  })
  const mail = await createMailService({
    storage,
    transport,
    clock,
    secret: 'a secret only for the tests',
    // What is not about signatures is faster and simpler to read without.
    dns: { dkim: 'transport' },
    logger: strictLogger(problems),
    publicUrl: 'https://app.example/mail',
    policy,
    ...more,
  })
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  return { mail, clock, transport, storage, problems }
}

export const rows = (count: number, domain = 'readers.example') =>
  `email,name\n${Array.from({ length: count }, (_, index) => `reader${index}@${domain},Reader ${index}`).join('\n')}\n`

/** A group of so many rows and an immediate task to it. */
export async function aTask(service: Awaited<ReturnType<typeof aService>>, count: number, name = 'readers') {
  await service.mail.groups.create({ name })
  for (let from = 0; from < count; from += 10_000) {
    const part = Math.min(10_000, count - from)
    const csv = `email,name\n${Array.from({ length: part }, (_, index) => `${name}${from + index}@readers.example,Reader ${from + index}`).join('\n')}\n`
    await service.mail.groups.importCsv(name, csv)
  }
  return service.mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: name })
}

export type Service = Awaited<ReturnType<typeof aService>>

/** Handles what is due now; with `until`, steps the clock from one due instant to the next up to there. */
export async function settle({ mail, clock }: Service, until = 0): Promise<void> {
  for (;;) {
    const { handled, nextDueAt } = await mail.tick({ maxMs: 60_000 })
    const now = clock.now()
    if (nextDueAt === null || nextDueAt > Math.max(until, now)) break
    if (nextDueAt > now) await clock.stepTo(nextDueAt)
    // Due, and held back: by a relay that is down.
    else if (handled === 0 && now >= until) break
    else if (handled === 0) await clock.stepTo(Math.min(until, now + 1_000))
  }
  if (until > clock.now()) await clock.stepTo(until)
}

/** Lets the house be kept: handles what is due, hour by hour. `settle` does not wait for upkeep, since nobody does. */
export async function liveUntil(service: Service, until: number, stepMs = 3_600_000): Promise<void> {
  const { clock } = service
  while (clock.now() < until) {
    await clock.stepTo(Math.min(until, clock.now() + stepMs))
    await settle(service)
  }
}

export const opened = (content: Uint8Array): Promise<Email> => PostalMime.parse(content)

/** The first header of that name as it stands in the mail, unfolded. */
export const headerOf = (content: Uint8Array, name: string): string | undefined =>
  new RegExp(`^${name}: ((?:.*(?:\\r\\n[ \\t])?)*)\\r$`, 'im')
    .exec(Buffer.from(content).toString().split('\r\n\r\n')[0]?.concat('\r\n') ?? '')?.[1]
    ?.replace(/\r\n[ \t]/g, ' ')

export const welcome = { from: SENDER, template: 'welcome', variables: { name: 'Ann' } }

/** The states of all messages that are stored, by recipient. */
export async function statesOf({ mail }: Pick<Service, 'mail'>): Promise<Readonly<Record<string, string>>> {
  const { items } = await mail.deliveries.messages({ limit: 1_000 })
  return Object.fromEntries(items.map(({ recipient, state }) => [recipient, state]))
}

export const OTHER_SENDER = 'hi@mail.other.example'

/** A second tenant that can send. */
export async function anotherAccount({ mail }: Pick<Service, 'mail'>, id = 'other') {
  const other = mail.account(id)
  await other.domains.create({ name: 'mail.other.example', trust: 'operator' })
  await other.senders.create({ address: OTHER_SENDER })
  return other
}

/** A mail of the second tenant. */
export const otherMail = (to: string) => ({ from: OTHER_SENDER, to, subject: 'Hi', text: 'x' })
