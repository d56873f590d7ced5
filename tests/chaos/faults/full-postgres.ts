import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, isMailError } from '@mailwright/core'
import pg from 'pg'
import { accepted } from '../../e2e/a-service.js'
import { postgresCluster } from '../../servers/postgres.js'
import { unexpected } from '../scenarios/said-while-away.js'
import type { SmallDisk } from './full-disk.js'

const DOMAIN = 'mail.shop.example'
const SENDER = `hello@${DOMAIN}`
const PATIENCE_MS = 60_000
const AGAIN_MS = 200
/** Of the receiving server: mails are under way as the disk becomes full, and their results are to be stored then. */
const ANSWER_MS = 1_500

export interface FullPostgresSeen {
  /** Codes that calls were refused with while the disk was full. */
  readonly codes: readonly string[]
  readonly refused: number
  /** Recipients of all sends, each repeated under its key until it was answered; those who got no mail, and those who got more than one. */
  readonly promised: number
  readonly missing: number
  readonly doubled: number
  /** Mails that the service keeps of them, and their states. */
  readonly kept: number
  readonly states: readonly string[]
  /** Rows of a group that was imported while the disk was full, and of one afterwards. An import cut off holds its group for ten minutes (GRP-6). */
  readonly imported: { readonly whileFull: number | undefined; readonly later: number | undefined }
  /** What is logged beside that the storage is away or full. */
  readonly problems: readonly string[]
  /** Postgres ended all its processes, and came back by itself or, if it had given up, was started by whoever runs it. */
  readonly panicked: boolean
}

/** Said by an import that cannot even be taken back. */
const meant = /^import-not-taken-back /

/** The process of Postgres that lives as long as it has not crashed. */
async function checkpointer(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(`select pid from pg_stat_activity where backend_type = 'checkpointer'`)
  await client.end()
  return rows[0]?.pid
}

/**
 * F14: a service with a worker on a real Postgres of which one disk is full for a while, with mail under way: that of its data, so that it refuses, or that of
 * its write-ahead log, so that it panics. The service is never restarted.
 */
export async function fullPostgres(disk: SmallDisk, holds: 'data' | 'log', calls: number): Promise<FullPostgresSeen> {
  const settings = { max_wal_size: '8MB', min_wal_size: '2MB', autovacuum: 'off' }
  const cluster = await postgresCluster({ [`${holds}Folder`]: disk.folder, settings })
  if (cluster === undefined) throw new Error('The PostgreSQL programs are not installed.')
  const problems: string[] = []
  try {
    await cluster.start()
    let begun = 0
    const transport = captureTransport({
      answer: () => {
        begun += 1
        return delay(ANSWER_MS, accepted)
      },
    })
    const mail = await createMailService({
      storage: postgres({ url: cluster.url, maxConnections: 6 }),
      transport,
      secret: 'a secret only for the tests',
      dns: { dkim: 'transport' },
      policy: { startLevel: 20 },
      logger: {
        log(level, event, fields) {
          const line = `${event} ${JSON.stringify(fields)}`
          if (level === 'error' && !meant.test(line)) problems.push(line)
        },
      },
    })
    await mail.ensure({ domains: [{ name: DOMAIN, trust: 'operator' }], senders: [{ address: SENDER }] })
    for (const name of ['big', 'later']) await mail.groups.create({ name })
    await mail.start()
    const codes = new Set<string>()
    let refused = 0
    const tried = async (call: () => Promise<unknown>): Promise<boolean> => {
      try {
        await call()
        return true
      } catch (error) {
        codes.add(isMailError(error) ? error.code : String(error))
        refused += 1
        return false
      }
    }
    // So large, and so random, that what is left in pages and segments does not hide that the disk is full.
    const text = randomBytes(300_000).toString('base64')
    const addresses: string[] = []
    const send = (to: string) =>
      mail.send({ from: SENDER, to, subject: 'x', text: `${to} ${text}`, idempotencyKey: to })
    const csv = `email,name\n${Array.from({ length: 10_000 }, (_, at) => `g${at}@readers.example,${randomBytes(100).toString('hex')}\n`).join('')}`
    const next = () => {
      const to = `r${addresses.length}@office.example`
      addresses.push(to)
      return to
    }
    for (let at = 0; at < 5; at += 1) await send(next())
    for (const since = Date.now(); begun < 5 && Date.now() - since < PATIENCE_MS; ) await delay(5)
    const before = await checkpointer(cluster.url)
    disk.fill()
    const again: string[] = []
    for (let at = 0; at < calls; at += 1) {
      const to = next()
      if (!(await tried(() => send(to)))) again.push(to)
    }
    await tried(() => mail.groups.importCsv('big', csv))
    const codesWhileFull = [...codes]
    const refusedWhileFull = refused
    disk.free()
    const untilDone = async (call: () => Promise<unknown>): Promise<void> => {
      for (const since = Date.now(); !(await tried(call)); await delay(AGAIN_MS)) {
        if (Date.now() - since > PATIENCE_MS) throw new Error(`not even ${PATIENCE_MS} ms after there was room again`)
        if (cluster.running) continue
        await cluster.start()
      }
    }
    for (const to of [...again, next(), next()]) await untilDone(() => send(to))
    await untilDone(() => mail.groups.importCsv('later', csv))
    const copiesOf = (to: string) => transport.messages.filter(({ envelope }) => envelope.to.includes(to)).length
    for (const since = Date.now(); addresses.some((to) => copiesOf(to) === 0); await delay(AGAIN_MS))
      if (Date.now() - since > PATIENCE_MS) break
    const copies = addresses.map(copiesOf)
    const kept = async () => (await mail.deliveries.messages({ limit: 1_000 })).items.map(({ state }) => state)
    for (const since = Date.now(); (await kept()).some((state) => state !== 'delivered'); await delay(AGAIN_MS))
      if (Date.now() - since > PATIENCE_MS) break
    const states = await kept()
    const [big, later] = await Promise.all(['big', 'later'].map((name) => mail.groups.get(name)))
    await mail.stop()
    return {
      codes: codesWhileFull.sort(),
      refused: refusedWhileFull,
      promised: addresses.length,
      missing: copies.filter((count) => count === 0).length,
      doubled: copies.filter((count) => count > 1).length,
      kept: states.length,
      states: [...new Set(states)],
      imported: { whileFull: big?.rows, later: later?.rows },
      problems: unexpected(problems),
      panicked: (await checkpointer(cluster.url)) !== before,
    }
  } finally {
    await cluster.remove()
  }
}
