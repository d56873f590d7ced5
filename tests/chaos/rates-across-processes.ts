import { setTimeout as delay } from 'node:timers/promises'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService } from '@mailwright/core'
import pg from 'pg'
import { smtpSink } from './smtp-sink.js'
import { workerFleet } from './worker-fleet.js'

const SECOND = 1_000
const IP = '127.0.0.9'
const BATCH_DOMAIN = 'mail.shop.example'
const SINGLE_DOMAIN = 'mail.other.example'

export interface RatesOptions {
  readonly postgresUrl: string
  readonly workers: number
  /** Rows of the batch; more than `dailyLimit` shows that the limit holds. */
  readonly rows: number
  /** What the domain may send today, once its level has been raised. */
  readonly dailyLimit: number
  readonly startLevel: number
  /** Trigger mails of the other account. */
  readonly single: number
  readonly ipPerSecond: number
  readonly accountPerSecond: number
  readonly patienceMs: number
}

export interface Measured {
  readonly count: number
  /** The most within any second, at the hand-over in the workers and at the receiver. */
  readonly mostLeft: number
  readonly mostReceived: number
  /** Of what the rate allows between the first and the last. */
  readonly used: number
}

export interface RatesVerdict {
  /** Mails of the batch that were received, from whichever address. */
  readonly batch: number
  readonly ip: Measured
  readonly account: Measured
  readonly problems: readonly string[]
}

/** The most instants within any `SECOND`. */
function most(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  let from = 0
  let found = 0
  for (const [index, at] of sorted.entries()) {
    while ((sorted[from] ?? at) <= at - SECOND) from += 1
    found = Math.max(found, index - from + 1)
  }
  return found
}

function measured(left: readonly number[], received: readonly number[], rate: number): Measured {
  const seconds = (Math.max(...left) - Math.min(...left)) / SECOND
  return {
    count: received.length,
    mostLeft: most(left),
    mostReceived: most(received),
    // The first second's worth is there at once.
    used: (left.length - rate) / (rate * seconds),
  }
}

/** C7: several workers on one Postgres send a batch from one dedicated IP, over the daily limit, and the trigger mail of another account. */
export async function ratesAcrossProcesses(options: RatesOptions): Promise<RatesVerdict> {
  const { postgresUrl, workers, rows, dailyLimit, startLevel, single, ipPerSecond, accountPerSecond } = options
  const schema = `chaos_rates_${process.pid}_${Date.now()}`
  const pool = new pg.Pool({ connectionString: postgresUrl, max: 4 })
  const sink = await smtpSink(5)
  const fleet = await workerFleet()
  const policy = { startLevel, ipPerSecond, accountPerSecond, chunkRows: 50 }
  const dedicatedIps = [{ ip: IP, ehlo: 'mail9.operator.example' }]
  const mail = await createMailService({
    storage: fromPg(pool, { schema }),
    transport: smtp({ url: `smtp://127.0.0.1:${sink.port}`, sourceAddress: true }),
    dedicatedIps,
    secret: 'a secret only for the tests',
    policy,
    worker: false,
  })
  try {
    const from = `hello@${BATCH_DOMAIN}`
    const templates = [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }]
    await mail.ensure({ domains: [{ name: BATCH_DOMAIN, trust: 'operator' }], senders: [{ address: from }], templates })
    await mail.dedicatedIps.open({ agree: true })
    await mail.dedicatedIps.apply({ count: 1, domains: [BATCH_DOMAIN] })
    const list = Array.from({ length: rows }, (_, row) => `r${row}@batch.example,R\n`)
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${list.join('')}`)
    await mail.tasks.create({ type: 'immediate', from, template: 'welcome', group: 'readers' })
    const other = mail.account('other')
    await other.domains.create({ name: SINGLE_DOMAIN, trust: 'operator' })
    const sender = await other.senders.create({ address: `hi@${SINGLE_DOMAIN}` })
    for (let first = 0; first < single; first += 50) {
      const to = Array.from({ length: Math.min(50, single - first) }, (_, at) => `s${first + at}@office.example`)
      await other.send({ from: sender.address, to, subject: 'Hi', text: 'x' })
    }
    const order = {
      type: 'go',
      postgresUrl,
      schema,
      smtpPort: sink.port,
      offsetMs: null,
      policy,
      dedicatedIps,
    } as const
    const running = await Promise.all(Array.from({ length: workers }, () => fleet.start(order)))
    const patience = Date.now() + options.patienceMs
    while (sink.copies.length < dailyLimit + single && Date.now() < patience) await delay(200)
    // Long enough for more than the daily limit to show.
    await delay(2 * SECOND)
    await Promise.all(running.map((worker) => worker.stop()))
    const isBatch = (mailbox: string) => mailbox.endsWith('@batch.example')
    const times = (mails: readonly { readonly at: number }[]) => mails.map(({ at }) => at)
    const ip = fleet.left.filter(({ source }) => source === IP)
    const ipReceived = sink.copies.filter(({ source }) => source === IP)
    const account = fleet.left.filter(({ to }) => !isBatch(to))
    const accountReceived = sink.copies.filter(({ recipient }) => !isBatch(recipient))
    return {
      batch: sink.copies.length - accountReceived.length,
      ip: measured(times(ip), times(ipReceived), ipPerSecond),
      account: measured(times(account), times(accountReceived), accountPerSecond),
      problems: fleet.problems,
    }
  } finally {
    await fleet.close()
    await sink.close()
    await mail.stop()
    await pool.query(`drop schema if exists ${schema} cascade`)
    await pool.end()
  }
}
