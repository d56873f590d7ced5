import { setTimeout as delay } from 'node:timers/promises'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService, type MailServiceOptions } from '@mailwright/core'
import pg from 'pg'
import type { QueueOrder } from '../queues.js'
import { shiftedClock } from '../shifted-clock.js'
import { type SmtpSink, smtpSink } from '../smtp-sink.js'
import { type Fleet, type RunningWorker, workerFleet } from '../worker-fleet.js'
import type { ToWorker } from '../worker-process.js'
import { asAHost } from './as-a-host.js'

export const DOMAIN = 'mail.shop.example'
export const SENDER = `hello@${DOMAIN}`

export interface ShopOptions {
  readonly postgresUrl: string
  readonly policy: NonNullable<MailServiceOptions['policy']>
  readonly queue?: QueueOrder | undefined
  /** Of every process, moved by `skip`; null: the clock of the product. */
  readonly clock?: 'shifted' | 'product'
  readonly answerMs?: number | (() => number)
}

type Going = Extract<ToWorker, { type: 'go' }>

/** One installation: a schema, an SMTP server, real worker processes, and a service in this process that accepts and is asked, and never sends. */
export interface Shop {
  readonly mail: MailService
  /** Straight to the database, past every proxy. */
  readonly pool: pg.Pool
  readonly schema: string
  readonly sink: SmtpSink
  readonly fleet: Fleet
  readonly tasks: readonly string[]
  /** Everybody whom an answered call has promised mail. */
  readonly promised: string[]
  /** The time of all its processes, as far as they share one. */
  now(): number
  /** The time goes on by so much, for processes that start from now on. */
  skip(ms: number): void
  start(differently?: Partial<Going>): Promise<RunningWorker>
  /** One more batch of so many; one reader in a hundred does not exist. */
  nextBatch(rows: number): Promise<void>
  lastIsDone(): Promise<boolean>
  /** Resolves with the milliseconds it took, or null if the last batch was not done in time. */
  untilDone(patienceMs: number): Promise<number | null>
  /** The same, until no mail of any kind is due or on its way. */
  untilIdle(patienceMs: number): Promise<number | null>
  close(): Promise<void>
}

export const readersOf = (batch: number, rows: number): readonly string[] =>
  Array.from({ length: rows }, (_, row) => `${row % 100 === 50 ? 'bad' : 'reader'}${row}@batch${batch}.example`)

/** Resolves with the milliseconds it took, or null if it was not so in time. */
export async function until(reached: () => Promise<boolean>, patienceMs: number): Promise<number | null> {
  for (const since = Date.now(); ; await delay(100)) {
    if (await reached()) return Date.now() - since
    if (Date.now() - since > patienceMs) return null
  }
}

let shops = 0

export async function aShop(options: ShopOptions): Promise<Shop> {
  shops += 1
  const schema = `chaos_${process.pid}_${Date.now()}_${shops}`
  const { postgresUrl, policy } = options
  const pool = new pg.Pool({ connectionString: postgresUrl, max: 4 })
  // A server that is stopped on purpose cuts idle connections too.
  pool.on('error', () => undefined)
  const sink = await smtpSink(options.answerMs ?? 8)
  const fleet = await workerFleet()
  const shifted = options.clock === 'shifted'
  let offsetMs = shifted ? Date.UTC(2026, 10, 23, 9) - Date.now() : 0
  const mail = await createMailService({
    storage: postgres({ url: postgresUrl, schema, maxConnections: 6 }),
    transport: captureTransport(),
    ...(shifted ? { clock: shiftedClock(() => offsetMs) } : {}),
    secret: 'a secret only for the tests',
    policy,
    worker: false,
  })
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  const tasks: string[] = []
  const promised: string[] = []
  const lastIsDone = async () => (await asAHost(() => mail.tasks.get(tasks.at(-1) ?? ''))).state === 'done'

  return {
    mail,
    pool,
    schema,
    sink,
    fleet,
    tasks,
    promised,
    now: () => Date.now() + offsetMs,
    skip(ms) {
      offsetMs += ms
    },
    start: (differently = {}) =>
      fleet.start({
        type: 'go',
        postgresUrl,
        schema,
        smtpPort: sink.port,
        offsetMs: shifted ? offsetMs : null,
        policy,
        ...(options.queue === undefined ? {} : { queue: options.queue }),
        ...differently,
      }),
    async nextBatch(rows) {
      const group = `batch${tasks.length}`
      const readers = readersOf(tasks.length, rows)
      const csv = `email,name\n${readers.map((one) => `${one},Reader`).join('\n')}\n`
      const task = { type: 'immediate', from: SENDER, template: 'welcome', group, idempotencyKey: group } as const
      await asAHost(() => mail.groups.create({ name: group, idempotencyKey: group }))
      await asAHost(() => mail.groups.importCsv(group, csv, { idempotencyKey: group }))
      tasks.push((await asAHost(() => mail.tasks.create(task))).id)
      promised.push(...readers)
    },
    lastIsDone,
    untilDone: (patienceMs) => until(lastIsDone, patienceMs),
    untilIdle: (patienceMs) =>
      until(async () => {
        const mails = `('send', 'retry', 'postponed', 'straggler', 'chunk')`
        const { rows } = await pool.query(`select 1 from ${schema}.work where kind in ${mails} limit 1`)
        return rows.length === 0
      }, patienceMs),
    async close() {
      await fleet.close()
      await sink.close()
      await mail.stop()
      await pool.query(`drop schema if exists ${schema} cascade`)
      await pool.end()
    },
  }
}
