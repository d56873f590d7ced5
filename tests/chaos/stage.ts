import { type SteppedClock, steppedClock } from '@mailwright/adapters/clock/stepped'
import { createMailService, type MailService, type MailServiceOptions, type Storage } from '@mailwright/core'
import { checkLedger, type MailState, type Tally, type Verdict } from './ledger.js'
import type { Mortal } from './mortal.js'
import { type Receiver, receiver } from './receiver.js'

export const DAY = 86_400_000
export const HOUR = 3_600_000
export const DOMAIN = 'mail.shop.example'
export const SENDER = `hello@${DOMAIN}`
export const PUBLIC_URL = 'https://app.example/mail'
/** Monday, 23 November 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 10, 23, 9)
export const UNSETTLED_MAX = 10
export const CHUNK_ROWS = 20

/** What outlives every process of a sweep: the storage, the time, and the other side of the wire. */
export interface World {
  readonly storage: Storage
  readonly clock: SteppedClock
  readonly receiver: Receiver
  /** What went wrong inside a process that was alive. */
  readonly errors: string[]
  /** The service's id of the sender domain. */
  readonly domain: string
  boot(process: Mortal | null, reach?: 'all' | 'storage'): Promise<MailService>
  /** What the end of a process does to the storage. */
  restart(): Promise<void>
}

/** With `reopen` the storage is closed and opened again after a crash, as it is for a real process. */
export async function aWorld(
  open: () => Storage,
  options: { readonly reopen?: boolean; readonly more?: (clock: SteppedClock) => Partial<MailServiceOptions> } = {},
): Promise<World> {
  let storage = open()
  const clock = steppedClock(START)
  const far = receiver(() => new Date(clock.now()).toISOString().slice(0, 10))
  const errors: string[] = []
  const boot = (process: Mortal | null, reach: 'all' | 'storage' = 'all') =>
    createMailService({
      storage: process?.reach(storage) ?? storage,
      transport: reach === 'all' && process ? process.reach(far.transport) : far.transport,
      clock,
      secret: 'a secret only for the tests',
      dns: { dkim: 'transport' },
      publicUrl: PUBLIC_URL,
      policy: { unsettledMax: UNSETTLED_MAX, chunkRows: CHUNK_ROWS },
      logger: { log: (level, event, fields) => level === 'error' && errors.push(`${event} ${JSON.stringify(fields)}`) },
      ...options.more?.(clock),
    })
  const mail = await boot(null)
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [
      { name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' },
      { name: 'leave', subject: 'News, {{name}}', text: 'Hello {{name}}, leave at {{unsubscribe_url}} now' },
    ],
  })
  const { id: domain } = await mail.domains.get(DOMAIN)
  return {
    get storage() {
      return storage
    },
    clock,
    receiver: far,
    errors,
    domain,
    boot,
    async restart() {
      if (!options.reopen) return
      await storage.close()
      storage = open()
    },
  }
}

/** One run of a flow on a day of its own, so that the day's statistics are its own too. */
export interface Stage {
  readonly world: World
  /** The living process; another one after a crash. */
  readonly mail: MailService
  /** Unlike that of any other run. */
  readonly tag: string
  readonly day: { readonly from: number; readonly name: string }
  /** A of the ledger. */
  readonly promised: Set<string>
}

/** Handles all that falls due until there is nothing more, or nothing before `until`. */
export async function settle({ world, mail }: Pick<Stage, 'world' | 'mail'>, until: number): Promise<void> {
  let idle = 0
  for (;;) {
    const { handled, nextDueAt } = await mail.tick({ maxMs: 60_000 })
    if (nextDueAt === null || nextDueAt > until) return
    idle = handled > 0 || nextDueAt > world.clock.now() ? 0 : idle + 1
    if (idle > 20) throw new Error('work is due, but nobody takes it')
    if (nextDueAt > world.clock.now()) await world.clock.stepTo(nextDueAt)
  }
}

const counted = ({ counts }: { counts: Readonly<Record<string, number>> }, ...names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (counts[name] ?? 0), 0)

/** Statistics of the stage's days, as the ledger counts states. */
export async function statisticsOf({ mail, day }: Stage, days: number): Promise<Tally> {
  const { items } = await mail.statistics.sending({ from: day.from, to: day.from + days * DAY })
  const sum = (...names: readonly string[]) => items.reduce((total, item) => total + counted(item, ...names), 0)
  const counts: Record<MailState, number> = {
    delivered: sum('delivered'),
    bounced: sum('bouncedHard', 'bouncedSoft'),
    dropped: sum('dropped'),
    failed: sum('failed'),
    cancelled: sum('cancelled'),
    expired: sum('expired'),
  }
  return { source: 'statistics', counts }
}

export async function taskTally({ mail }: Stage, id: string): Promise<Tally> {
  const { delivered, bounced, blocked, failed, expired, cancelled } = await mail.tasks.get(id)
  return { source: 'task', counts: { delivered, bounced, dropped: blocked, failed, expired, cancelled } }
}

/** What the service says of every mail of the stage. */
export async function statesOf({ mail, day }: Stage): Promise<readonly { recipient: string; state: string }[]> {
  const states: { recipient: string; state: string }[] = []
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const page = await mail.deliveries.messages({ from: day.from, limit: 100, ...(cursor === null ? {} : { cursor }) })
    states.push(...page.items)
    cursor = page.next
  }
  return states
}

/** The ledger of one run of a flow, taken when all is settled. */
export async function judge(
  stage: Stage,
  kills: number,
  tallies: readonly Tally[],
  dailyLimit?: number,
): Promise<Verdict> {
  const { receiver } = stage.world
  return checkLedger({
    acknowledged: [...stage.promised],
    received: receiver.copies,
    states: await statesOf(stage),
    tallies,
    kills,
    perKill: UNSETTLED_MAX,
    cutOff: receiver.cutOff,
    ...(dailyLimit === undefined ? {} : { dailyLimit }),
  })
}
