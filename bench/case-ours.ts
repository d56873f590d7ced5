import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { pglite, postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type MailService, type Storage } from '@mailwright/core'
import { csv, HTML, SUBJECT } from './mail.js'
import { type Measured, measure } from './measure.js'
import { schemaDropped, walBytes } from './postgres-figures.js'

export interface OursFigures extends Measured {
  readonly walBytesPerMail: number | null
  /** Rate of the last tenth by that of the first. */
  readonly lastByFirst: number | null
}

/** What a case is, by the words of its name. */
export interface OursCase {
  readonly storage: string
  readonly smtp: boolean
  readonly dkim: boolean
  readonly callbacks: boolean
  readonly secondWorker: boolean
  readonly mails: number
  readonly smtpUrl: string
  readonly postgresUrl: string
}

const SECRET = 'only for the benchmark'
/** Each look is a handful of questions to the storage. */
const POLL_MS = 100
const ROWS_PER_FILE = 10_000

function storageOf(name: string, postgresUrl: string, schema: string, dir: string): Storage {
  switch (name) {
    case 'memory':
      return memoryStorage()
    case 'pglite':
      return pglite(join(dir, 'store'))
    case 'postgres':
      return postgres({ url: postgresUrl, schema })
    default:
      throw new Error(`no storage ${name}`)
  }
}

const serviceOf = (one: Pick<OursCase, 'smtp' | 'smtpUrl' | 'dkim'>, storage: Storage): Promise<MailService> =>
  createMailService({
    storage,
    transport: one.smtp
      ? smtp({ url: one.smtpUrl, connections: 20 })
      : captureTransport({ keep: false, capabilities: { concurrency: 100 } }),
    callbackClient: captureCallbackClient({ keep: false }),
    secret: SECRET,
    dns: { dkim: one.dkim ? 'ours' : 'transport' },
    publicUrl: 'https://bench.example/mail',
    policy: { startLevel: 20, rowsPerGroup: 1_000_000 },
  })

/** A second process that sends from the same database until it is killed. */
export async function secondWorker(one: Pick<OursCase, 'smtp' | 'smtpUrl' | 'dkim' | 'postgresUrl'>, schema: string) {
  const mail = await serviceOf(one, postgres({ url: one.postgresUrl, schema }))
  await mail.start()
  console.log('going')
}

/** Fills the list in a process of its own, so that the memory of the one that is measured is that of sending. */
export async function importer(postgresUrl: string, schema: string, mails: number): Promise<void> {
  const mail = await createMailService({
    storage: postgres({ url: postgresUrl, schema }),
    transport: captureTransport({ keep: false }),
    secret: SECRET,
    policy: { rowsPerGroup: 1_000_000 },
    worker: false,
  })
  await imported(mail, mails)
  await mail.stop()
}

async function imported(mail: MailService, mails: number): Promise<void> {
  for (let from = 0; from < mails; from += ROWS_PER_FILE)
    await mail.groups.importCsv('readers', csv(from, Math.min(mails, from + ROWS_PER_FILE)))
}

async function importElsewhere({ postgresUrl, mails }: OursCase, schema: string): Promise<void> {
  const script = process.argv[1] ?? ''
  const child = spawn(process.execPath, [script, 'importer', postgresUrl, schema, String(mails)], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the import ended with ${code}`)
}

async function startSecond(one: OursCase, schema: string): Promise<ChildProcess> {
  const script = process.argv[1] ?? ''
  const child = spawn(
    process.execPath,
    [script, 'second worker', schema, String(one.dkim), one.smtpUrl, one.postgresUrl],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await once(child.stdout, 'data')
  return child
}

/** One batch through the product, all its own work on: gates, blocklist, limits, tallies, states. */
export async function ours(one: OursCase): Promise<OursFigures> {
  const { mails, postgresUrl } = one
  const dir = mkdtempSync(join(tmpdir(), 'mailwright-bench-'))
  const schema = `bench_${process.pid}`
  const onPostgres = one.storage === 'postgres'
  const mail = await serviceOf(one, storageOf(one.storage, postgresUrl, schema, dir))
  let second: ChildProcess | null = null
  try {
    await mail.ensure({
      domains: [{ name: 'mail.bench.example', trust: 'operator' }],
      senders: [{ address: 'hello@mail.bench.example', name: 'Bench' }],
      templates: [{ name: 'voucher', subject: SUBJECT, html: HTML }],
    })
    if (one.callbacks) await mail.callbacks.setAccount({ url: 'https://hooks.bench.example:8081/', force: true })
    await mail.groups.create({ name: 'readers' })
    await (onPostgres ? importElsewhere(one, schema) : imported(mail, mails))
    if (one.secondWorker) second = await startSecond(one, schema)
    const before = onPostgres ? await walBytes(postgresUrl) : 0
    const progress: { readonly at: number; readonly sent: number }[] = []
    const figures = await measure(mails, () => sendAll(mail, mails, progress))
    const wal = onPostgres ? Math.round(((await walBytes(postgresUrl)) - before) / mails) : null
    return { ...figures, walBytesPerMail: wal, lastByFirst: lastByFirst(progress, mails) }
  } finally {
    second?.kill('SIGKILL')
    await mail.stop({ drainMs: 1_000 })
    if (onPostgres) await schemaDropped(postgresUrl, schema)
    rmSync(dir, { recursive: true, force: true })
  }
}

async function sendAll(mail: MailService, mails: number, progress: { at: number; sent: number }[]): Promise<void> {
  const { id } = await mail.tasks.create({
    type: 'immediate',
    from: 'hello@mail.bench.example',
    template: 'voucher',
    group: 'readers',
  })
  await mail.start()
  for (;;) {
    const task = await mail.tasks.get(id)
    progress.push({ at: performance.now(), sent: task.delivered })
    if (task.state === 'done') {
      if (task.delivered !== mails) throw new Error(`${task.delivered} of ${mails} delivered`)
      return
    }
    if (task.state === 'failed' || task.state === 'paused') throw new Error(JSON.stringify(task))
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** The first tenth begins when the first is sent; null where a tenth is too short to be measured. */
function lastByFirst(
  progress: readonly { readonly at: number; readonly sent: number }[],
  mails: number,
): number | null {
  const reached = (share: number) => progress.find(({ sent }) => sent >= mails * share)
  const [start, tenth, nine, end] = [progress.find(({ sent }) => sent > 0), reached(0.1), reached(0.9), reached(1)]
  if (!start || !tenth || !nine || !end || tenth.at - start.at < 500) return null
  const first = (tenth.sent - start.sent) / (tenth.at - start.at)
  const last = (end.sent - nine.sent) / (end.at - nine.at)
  return Number((last / first).toFixed(2))
}
