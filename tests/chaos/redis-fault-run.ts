import { setTimeout as delay } from 'node:timers/promises'
import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import pg from 'pg'
import { mortalRedis } from '../servers/mortal-redis.js'
import { allStates } from './all-states.js'
import { checkLedger, type Verdict } from './ledger.js'
import { inflictions, type RedisFault } from './redis-faults.js'
import { shiftedClock } from './shifted-clock.js'
import { smtpSink } from './smtp-sink.js'
import { workerFleet } from './worker-fleet.js'

export interface RedisFaultPlan {
  readonly postgresUrl: string
  /** The path of redis-server. */
  readonly redisProgram: string
  /** Inflicted one after the other on the same service, each while a batch runs. */
  readonly faults: readonly RedisFault[]
  /** Of the faults that have a length. */
  readonly lastsMs: number
  readonly workers: number
  /** Recipients of each batch; a new one starts whenever the last is done before the faults are over. */
  readonly rows: number
}

export interface RedisFaultOutcome {
  readonly verdict: Verdict
  readonly acknowledged: number
  /** From the start of each fault until a mail that was sent then had arrived. */
  readonly probesMs: readonly number[]
  /** What a worker complained of, ends that nobody had asked for, and rejections that nobody handled. */
  readonly problems: readonly string[]
  /** Lines of the accepting process that tell of lost rings. */
  readonly ringsLostLines: number
  readonly unfinishedTasks: number
}

const DOMAIN = 'mail.shop.example'
const SENDER = `hello@${DOMAIN}`
const policy = { startLevel: 20, chunkRows: 50 }
const PATIENCE_MS = 60_000

/** Worker processes and an accepting process on one Postgres, with BullMQ between them, while Redis fails (F4). */
export async function redisFaultRun(plan: RedisFaultPlan): Promise<RedisFaultOutcome> {
  const redis = await mortalRedis(plan.redisProgram)
  const schema = `chaos_redis_${process.pid}_${Date.now()}`
  const pool = new pg.Pool({ connectionString: plan.postgresUrl, max: 4 })
  const sink = await smtpSink(20)
  const fleet = await workerFleet()
  const problems: string[] = []
  const rejected = (reason: unknown) => void problems.push(`unhandled rejection: ${String(reason)}`)
  process.on('unhandledRejection', rejected)
  let ringsLostLines = 0
  const prefix = 'chaos'
  const mail = await createMailService({
    storage: fromPg(pool, { schema }),
    transport: captureTransport(),
    clock: shiftedClock(() => 0),
    secret: 'a secret only for the tests',
    queue: bullmq({ url: redis.url, prefix }),
    policy,
    worker: false,
    logger: {
      log(level, event) {
        if (event === 'ring-lost') ringsLostLines += 1
        if (level === 'error') problems.push(event)
      },
    },
  })
  try {
    await mail.ensure({
      domains: [{ name: DOMAIN, trust: 'operator' }],
      senders: [{ address: SENDER, name: 'Shop' }],
      templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
    })
    const acknowledged: string[] = []
    const tasks: string[] = []
    const nextBatch = async () => {
      const group = `batch${tasks.length}`
      const addresses = Array.from({ length: plan.rows }, (_, row) => `reader${row}@${group}.example`)
      await mail.groups.create({ name: group })
      await mail.groups.importCsv(group, `email,name\n${addresses.map((one) => `${one},Reader`).join('\n')}\n`)
      tasks.push((await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group })).id)
      acknowledged.push(...addresses)
    }
    const done = async (id: string) => (await mail.tasks.get(id)).state === 'done'
    const arrived = async (address: string) => {
      const patience = Date.now() + PATIENCE_MS
      while (!sink.copies.some(({ recipient }) => recipient === address)) {
        if (Date.now() > patience) return
        await delay(10)
      }
    }
    const probesMs: number[] = []
    const probe = async () => {
      const to = `probe${probesMs.length}@single.example`
      const since = performance.now()
      await mail.send({ from: SENDER, to, template: 'welcome', variables: { name: 'Probe' } })
      acknowledged.push(to)
      await arrived(to)
      probesMs.push(performance.now() - since)
    }

    for (let count = 0; count < plan.workers; count++)
      await fleet.start({
        type: 'go',
        postgresUrl: plan.postgresUrl,
        schema,
        smtpPort: sink.port,
        offsetMs: 0,
        policy,
        queue: { name: 'bullmq', url: redis.url, prefix },
      })
    await nextBatch()
    /** Until a mail of a batch has arrived that is not over. */
    const midBatch = async () => {
      const moved = sink.taken(sink.copies.length + 1).then(() => true)
      while (!(await Promise.race([moved, delay(200).then(() => false)])))
        if (await done(tasks.at(-1) ?? '')) await nextBatch()
    }
    for (const fault of plan.faults) {
      await midBatch()
      const well = inflictions[fault](redis, plan.lastsMs)
      await Promise.all([well, probe()])
    }

    const patience = Date.now() + PATIENCE_MS
    const unfinished = async () => {
      const states = await Promise.all(tasks.map(done))
      return states.filter((one) => !one).length
    }
    while ((await unfinished()) > 0 && Date.now() < patience) await delay(50)
    return {
      verdict: checkLedger({
        acknowledged,
        received: sink.copies,
        states: await allStates(mail),
        kills: 0,
        perKill: 0,
      }),
      acknowledged: acknowledged.length,
      probesMs,
      problems: [...problems, ...fleet.problems],
      ringsLostLines,
      unfinishedTasks: await unfinished(),
    }
  } finally {
    await fleet.close()
    await sink.close()
    await mail.stop()
    process.off('unhandledRejection', rejected)
    await pool.query(`drop schema if exists ${schema} cascade`)
    await pool.end()
    await redis.close()
  }
}
