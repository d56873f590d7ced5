import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import type { Bundle, CellKey, Change, Observation, Storage } from '@mailwright/core'
import pg from 'pg'
import { schemaDropped, walBytes } from './postgres-figures.js'

/**
 * What one settled batch mail costs the database, and nothing else: `apply` of a flush (settle, renewal of the lease, now and then
 * `work.finish`) and its part of a claim. The server must run on this Linux machine, or its CPU cannot be read.
 */
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const mails = Number(process.argv[2] ?? 40_000)
const rounds = Number(process.argv[3] ?? 2)
const chunk = 500
/** Recipient domains: the mails of a flush that share one share a row of statistics. */
const domains = Number(process.argv[5] ?? 5)
const schema = `mailwright_bench_sql_${process.pid}`
const hour = 1_770_000_000_000

/** Ascending like the service's own ids. */
let made = 0
const nextId = (): string => {
  made += 1
  const n = (0x1_9000_0000 + made).toString(16).padStart(12, '0')
  return `${n.slice(0, 8)}-${n.slice(8)}-7${randomUUID().slice(15)}`
}

const blank = { account: 'account', domain: '', recipientDomain: '', template: '', task: '' }
const run = randomUUID()
/** Mails to a minute of the cube `live`: 10,000 are 167 a second. `0` leaves that cube out, to see what it costs. */
const perMinute = Number(process.argv[4] ?? 10_000)
const known = new Map<string, readonly CellKey[]>()

/** The cells of the product: see outgoing.ts. */
const cellsOf = (at: number): readonly CellKey[] => {
  const minute = perMinute === 0 ? 0 : Math.floor(made / perMinute)
  const name = `${at} ${minute}`
  const found = known.get(name)
  if (found !== undefined) return found
  const domain = 'news.example'
  const recipientDomain = `mail${at}.example`
  const sent = { ...blank, bucket: hour, domain }
  const cells: readonly CellKey[] = [
    { ...sent, cube: 'sender', template: 'template', task: 'task' },
    { ...sent, cube: 'recipient', recipientDomain, template: 'template', task: 'task' },
    { ...blank, cube: 'run', bucket: 0, task: run },
    { ...sent, cube: 'day' },
    { ...sent, cube: 'live', bucket: hour + minute * 60_000, recipientDomain },
  ]
  known.set(name, perMinute === 0 ? cells.slice(0, -1) : cells)
  return cellsOf(at)
}

const observation = (seq: number): Observation => {
  const id = nextId()
  const mailbox = `recipient-${id.slice(0, 13)}@mail${seq % domains}.example`
  const at = hour + seq
  const reply = '250 2.0.0 Ok: queued as 4ABCDEFGHIJKL'
  const place = { account: 'account', task: 'task', origin: run, lane: 'other', seq }
  const message = { id, ...place, mailbox, recipientKey: mailbox }
  const sent = { senderDomain: 'news.example', template: 'template', acceptedAt: hour, bucket: hour }
  const insert = { ...message, ...sent, facts: 0, attempt: 0, lastAt: at, lastReply: '' }
  const seen = { facts: 3, attempt: 1, at, reply, cells: cellsOf(seq % domains) }
  return { message: id, insert, ...seen, event: null, raw: null, block: null, work: null }
}

const applied = async (storage: Storage, changes: readonly Change[]): Promise<void> => {
  const bundle: Bundle = { guards: [], changes }
  const [result] = await storage.apply([bundle])
  if (!result?.applied) throw new Error('a flush was refused')
}

const sendChunk = async (storage: Storage, shard: number, size: number): Promise<void> => {
  const token = randomUUID()
  const claim = { kinds: ['chunk'], now: hour + 1, leaseUntil: hour + 60_000, expiredBefore: hour, token, limit: 1 }
  const [work] = await storage.claim({ ...claim, exceptLanes: [] })
  if (work === undefined) throw new Error('no work to claim')
  const watch = ['task:task', 'account:account', 'blocks:account']
  for (let from = 0; from < chunk; from += size) {
    const items = Array.from({ length: size }, (_, index) => observation(from + index))
    const advance = { id: work.id, token, startedThrough: from + size, leaseUntil: hour + 60_000 + from, watch }
    const renew: Change = { type: 'work.advance', ...advance }
    const finish: Change = { type: 'work.finish', items: [{ id: work.id, token }] }
    await applied(storage, [from + size >= chunk ? finish : renew, { type: 'settle', shard, items }])
  }
}

const putChunks = (storage: Storage, count: number): Promise<void> => {
  const items = Array.from({ length: count }, (_, rank) => {
    const id = nextId()
    return { id, kind: 'chunk', key: id, account: 'account', parent: run, lane: 'other', rank, dueAt: hour, ref: {} }
  })
  return applied(storage, [{ type: 'work.put', items }])
}

const measured = async (size: number, writers: number) => {
  const pool = new pg.Pool({ connectionString: url, max: writers, min: writers, idleTimeoutMillis: 0 })
  const storage = fromPg(pool, { schema })
  const connections = await Promise.all(Array.from({ length: writers }, () => pool.connect()))
  const pids: number[] = []
  for (const one of connections) pids.push((await one.query('select pg_backend_pid() as pid')).rows[0].pid)
  for (const one of connections) one.release()
  const cpu = (): number =>
    pids.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000, 0)
  const share = Math.ceil(mails / writers / chunk)
  const send = (chunks: number) =>
    Promise.all(
      Array.from({ length: writers }, async (_, shard) => {
        for (let n = 0; n < chunks; n += 1) await sendChunk(storage, shard, size)
      }),
    )
  await putChunks(storage, writers * (share + 4))
  await send(4)
  const before = { cpu: cpu(), wal: await walBytes(url), at: performance.now() }
  await send(share)
  const count = share * writers * chunk
  const row = {
    flush: size,
    writers,
    mails: count,
    'SQL CPU µs/mail': Number(((cpu() - before.cpu) / count).toFixed(1)),
    'WAL B/mail': Math.round(((await walBytes(url)) - before.wal) / count),
    'mails/s': Math.round((count / (performance.now() - before.at)) * 1_000),
  }
  await pool.end()
  return row
}

await fromPg(new pg.Pool({ connectionString: url, max: 1 }), { schema }).migrate()
const figures: unknown[] = []
for (let round = 0; round < rounds; round += 1)
  for (const size of [125, 250]) for (const writers of [1, 4]) figures.push(await measured(size, writers))
console.table(figures)
await schemaDropped(url, schema)
process.exit(0)
