import { rebuildTallies } from '@mailwright/adapters/storage/postgres'
import { type Change, COUNTERS, type NewWork, type Storage } from '@mailwright/core'
import type pg from 'pg'
import { account, day, days, load, start } from './statistics-data.js'

/** Where the fill ends and what is sent by the measured calls begins. */
export const present = start + days * day
const accounts = 50

export const blockedAddress = (n: number): string => `reader${n}@d${n % 5_000}.example`

/** Of several accounts, as many as there are mails. */
const blocks = (s: string, count: number): string => `
insert into ${s}.block (account, kind, key, scope, starts_at, ends_at, reason, created_at)
select 'account' || n % ${accounts}, 'invalid', 'reader' || n || '@d' || n % 5000 || '.example', '', ${start} + n, ${present} + n, '550 5.1.1 no such user', ${start} + n
from generate_series(0, ${count - 1}) n`

/** What a send without a task leaves behind once its contents are emptied: one for each head of trigger mail. */
const requests = (s: string): string => `
insert into ${s}.record (id, kind, account, version, parent, name, state, created_at, data)
select 'request-' || id, 'request', account, 2, '', '', 'done', accepted_at,
  '{"kind":"trigger","sender":"hello@notify.shop.example","subject":"Your order is on its way","contents":null}'
from ${s}.message_head where task = ''`

const work = (kind: string, n: number, dueAt: number): NewWork => ({
  id: `${kind}-${n}`,
  kind,
  key: `${kind}-${n}`,
  account,
  parent: '',
  lane: `lane-${n % 10}`,
  rank: n,
  dueAt,
  ref: { from: n * 500, to: n * 500 + 500 },
})

export const applied = async (storage: Storage, changes: readonly Change[]): Promise<number> => {
  const [result] = await storage.apply([{ guards: [], changes }])
  if (!result?.applied) throw new Error('a bundle was refused')
  const outcome = result.outcomes[0]
  return outcome?.type === 'counted' ? outcome.count : 0
}

/** Chunks that wait, one for 2,000 stored mails, callbacks that wait and retries that are due later, one for 1,000 each. */
const putWork = async (storage: Storage, mails: number): Promise<void> => {
  const items: NewWork[] = []
  for (let n = 0; n < Math.max(100, mails / 2_000); n += 1) items.push(work('chunk', n, start))
  for (let n = 0; n < mails / 1_000; n += 1)
    items.push(work('callback', n, start), work('retry', n, present + day + n * 1_000))
  for (let at = 0; at < items.length; at += 1_000)
    await applied(storage, [{ type: 'work.put', items: items.slice(at, at + 1_000) }])
}

const foldAll = async (storage: Storage): Promise<void> => {
  for (let count = 5_000; count === 5_000; )
    count = await applied(storage, [{ type: 'fold', before: present, limit: 5_000 }])
}

/** So many settled mails of 90 days with their events, statistics and blocklist, written in bulk past `apply`. */
export async function fill(pool: pg.Pool, storage: Storage, schema: string, mails: number): Promise<void> {
  await storage.migrate()
  const client = await pool.connect()
  await client.query('set synchronous_commit = off')
  await load(client, schema, mails)
  await client.query(requests(schema))
  await client.query(blocks(schema, mails))
  await client.query('reset synchronous_commit')
  client.release()
  await rebuildTallies(pool, { schema, from: start, to: present })
  await foldAll(storage)
  await putWork(storage, mails)
  await pool.query('vacuum analyze')
}

/** Mails of the fill, and the number of the last one sent after it. */
export async function storedIn(pool: pg.Pool, schema: string): Promise<{ readonly mails: number; sent: number }> {
  const { rows } = await pool.query<{ mails: string; sent: number }>(
    `select count(*) filter (where id < '\\x70') as mails, coalesce(max(seq) filter (where id >= '\\x70'), 0) as sent from ${schema}.message`,
  )
  return { mails: Number(rows[0]?.mails), sent: rows[0]?.sent ?? 0 }
}

/** The id of the nth mail of the fill. */
export const filledId = (n: number): string => {
  const hex = n.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const factsOf = (...names: readonly (typeof COUNTERS)[number][]): number =>
  names.reduce((sum, name) => sum + 2 ** COUNTERS.indexOf(name), 0)
