import { captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { type SteppedClock, steppedClock } from '@mailwright/adapters/clock/stepped'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { type Account, createMailService, type MailService, type Storage } from '@mailwright/core'

/** Monday, 23 November 2026, 09:00 UTC. */
const START = Date.UTC(2026, 10, 23, 9)
const HOUR = 3_600_000

/** A database in which rows can be damaged behind the storage's back. */
export interface Database {
  readonly storage: Storage
  /** `$schema` in the text stands for the schema. */
  query(text: string, params?: readonly (string | number | null)[]): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

/** A service on that database, a relay that can be away, and everything that is said of what goes wrong. */
export interface CorruptWorld {
  readonly mail: MailService
  readonly clock: SteppedClock
  readonly database: Database
  /** Recipients of all mail that was taken, in order. */
  readonly reached: readonly string[]
  /** Accounts whose callbacks were told something, pings aside. */
  readonly told: readonly string[]
  /** What was logged as an error. */
  readonly log: readonly string[]
  relayAway: boolean
  receiverAway: boolean
  live(ms: number): Promise<void>
  account(number: number): Promise<Account>
}

export const domainOf = (id: string): string => `${id}.shop.example`
export const senderOf = (id: string): string => `hello@${domainOf(id)}`

export async function aCorruptWorld(database: Database): Promise<CorruptWorld> {
  const clock = steppedClock(START)
  const log: string[] = []
  const reached: string[] = []
  const told: string[] = []
  const away = { relay: false, receiver: false }
  const transport = captureTransport({
    capabilities: { concurrency: 10 },
    answer: (_, recipient) => {
      if (away.relay) return { type: 'unreached', stage: 'connect', cause: 'refused' }
      reached.push(recipient)
      return { type: 'accepted', remoteId: null, reply: { code: 250, enhanced: '2.0.0', text: 'ok' } }
    },
  })
  const mail = await createMailService({
    storage: database.storage,
    transport,
    clock,
    secret: 'a secret only for the tests',
    publicUrl: 'https://app.example/mail',
    callbackClient: captureCallbackClient({
      answer: ({ body, url }) => {
        const isPing = body.includes('"event":"ping"')
        if (away.receiver && !isPing) return { type: 'failed', cause: 'connect', detail: null }
        if (!isPing) told.push(url)
        return { type: 'answered', status: 204, retryAfterSeconds: null }
      },
    }),
    logger: { log: (level, event, fields) => level === 'error' && log.push(`${event} ${JSON.stringify(fields)}`) },
  })
  const live = async (ms: number) => {
    const until = clock.now() + ms
    for (;;) {
      const { handled, nextDueAt } = await mail.tick({ maxMs: 60_000 })
      if (handled > 0) continue
      if (nextDueAt === null || nextDueAt > until) break
      await clock.stepTo(Math.max(nextDueAt, clock.now() + 1_000))
    }
    if (until > clock.now()) await clock.stepTo(until)
  }
  return {
    mail,
    clock,
    database,
    reached,
    told,
    log,
    get relayAway() {
      return away.relay
    },
    set relayAway(is) {
      away.relay = is
    },
    get receiverAway() {
      return away.receiver
    },
    set receiverAway(is) {
      away.receiver = is
    },
    live,
    account: (number) => anAccount(mail, `k${number}`),
  }
}

/** With a domain, a sender, a template and a group of three of its own. */
async function anAccount(mail: MailService, id: string): Promise<Account> {
  const account = mail.account(id)
  await account.domains.create({ name: domainOf(id), trust: 'operator' })
  await account.senders.create({ address: senderOf(id), name: 'Shop' })
  await account.templates.create({ name: 'welcome', type: 'text', subject: 'Welcome', text: 'Hello {{name}}' })
  await account.groups.create({ name: 'readers' })
  await account.groups.importCsv('readers', `email,name\n${[1, 2, 3].map((n) => `r${n}@${id}.example,R\n`).join('')}`)
  return account
}

export const aSend = (id: string, to: string) => ({
  from: senderOf(id),
  to: `${to}@${id}.example`,
  template: 'welcome',
  variables: { name: 'Ann' },
})

export const aTaskOf = (id: string) =>
  ({ type: 'immediate', from: senderOf(id), template: 'welcome', group: 'readers' }) as const

export const AN_HOUR = HOUR
