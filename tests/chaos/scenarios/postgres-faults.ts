import { setTimeout as delay } from 'node:timers/promises'
import { type PostgresCluster, postgresCluster } from '../../servers/postgres.js'
import { seededRandom } from '../seeded-random.js'
import { unexpected } from './said-while-away.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop, type Shop } from './shop.js'
import { steadySends } from './steady-sends.js'
import { verdictOn } from './verdict.js'

type Fault = 'restart' | 'connections' | 'outage' | 'read-only'

interface Size {
  readonly faults: Readonly<Record<Fault, number>>
  readonly outageMs: number
  readonly recipients: number
  readonly workers: number
}

const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50 }
const RESUMES_WITHIN_MS = 30_000

/** Does it and heals it; resolves with whether hosts were refused meanwhile by all means. */
const faults: Readonly<Record<Fault, (cluster: PostgresCluster, shop: Shop, outageMs: number) => Promise<boolean>>> = {
  async restart(cluster) {
    await cluster.crash()
    await cluster.start()
    return false
  },
  async connections(_cluster, { pool }) {
    await pool.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    return false
  },
  async outage(cluster, _shop, outageMs) {
    await cluster.crash()
    await delay(outageMs)
    await cluster.start()
    return true
  },
  /** As a server is that has become the standby of another one. */
  async 'read-only'(_cluster, { pool }, outageMs) {
    await pool.query('alter system set default_transaction_read_only = on')
    await pool.query('select pg_reload_conf()')
    await delay(outageMs)
    await pool.query('alter system reset default_transaction_read_only')
    await pool.query('select pg_reload_conf()')
    return true
  },
}

const shuffled = (size: Size, random: () => number): readonly Fault[] =>
  Object.entries(size.faults)
    .flatMap(([fault, times]) => Array.from({ length: times }, () => ({ fault: fault as Fault, order: random() })))
    .sort((a, b) => a.order - b.order)
    .map(({ fault }) => fault)

async function breakPostgres({ seed, queue }: Given, size: Size): Promise<Report> {
  const random = seededRandom(seed)
  const cluster = await postgresCluster()
  if (cluster === undefined) throw new Error('The PostgreSQL programs are not installed.')
  try {
    await cluster.start()
    const shop = await aShop({ postgresUrl: cluster.url, policy, queue })
    const problems: string[] = []
    let slowestMs = 0
    let wholeMs = 0
    try {
      const { sink, fleet } = shop
      const workers = await Promise.all(Array.from({ length: size.workers }, () => shop.start()))
      const sends = steadySends(shop)
      const order = shuffled(size, random)
      for (const fault of order) {
        await shop.nextBatch(size.recipients)
        const batch = `@batch${shop.tasks.length - 1}.example`
        const inBatch = () => sink.copies.filter(({ recipient }) => recipient.endsWith(batch)).length
        for (const after = 1 + random() * (size.recipients / 2); inBatch() < after; ) await delay(5)
        const before = sends.refused
        const refusing = await faults[fault](cluster, shop, size.outageMs)
        if (refusing && sends.refused === before) problems.push(`${fault}: no call was refused`)
        const [at, reached] = [Date.now(), inBatch()]
        const left = size.recipients - size.recipients / 100 - reached
        while (left > 0 && inBatch() === reached && Date.now() - at < 2 * RESUMES_WITHIN_MS) await delay(10)
        const resumedMs = Date.now() - at
        slowestMs = Math.max(slowestMs, resumedMs)
        if (resumedMs > RESUMES_WITHIN_MS) problems.push(`${fault}: mail went on after ${resumedMs} ms`)
        const doneMs = await shop.untilDone(90_000)
        if (doneMs === null) problems.push(`${fault}: the batch did not end`)
        wholeMs = Math.max(wholeMs, resumedMs + (doneMs ?? 0))
      }
      await sends.end()
      if ((await shop.untilIdle(60_000)) === null) problems.push('mail was left over')
      for (const worker of workers) {
        const code = await worker.stop()
        if (code !== 0) problems.push(`a worker ended with ${code}`)
      }
      return await verdictOn(shop, {
        faults: order.length,
        // Results that cannot be stored wait, so nothing is doubled but by an outage that outlasts the leases.
        perFault: size.outageMs > 40_000 ? size.workers * policy.unsettledMax : 0,
        batchesOnly: false,
        problems: [...problems, ...sends.problems, ...unexpected(fleet.problems)],
        notes: [
          `went on within ${(slowestMs / 1_000).toFixed(1)} s, done within ${(wholeMs / 1_000).toFixed(1)} s`,
          `${sends.refused} calls refused and repeated`,
        ],
      })
    } finally {
      await shop.close()
    }
  } finally {
    await cluster.remove()
  }
}

export const postgresFaults = listed<Size>({
  id: 'F3',
  about: 'Postgres stops at once, cuts its connections, is away, or only reads',
  ci: {
    faults: { restart: 2, connections: 2, outage: 1, 'read-only': 1 },
    outageMs: 3_000,
    recipients: 600,
    workers: 2,
  },
  acceptance: {
    faults: { restart: 15, connections: 15, outage: 5, 'read-only': 15 },
    outageMs: 60_000,
    recipients: 1_000,
    workers: 2,
  },
  run: breakPostgres,
})
