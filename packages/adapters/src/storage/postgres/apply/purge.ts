import type { Change } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { isFolded } from '../folding.js'
import { isOfHead } from '../message-head.js'
import { bytesArray, numberArray, toBytes } from '../text.js'

type Purge = Extract<Change, { type: 'purge' }>

/** Heads looked at in one step: one of a batch has hundreds of messages, one of a single mail has one. */
const headsAtOnce = 256

const purgeEvents = async (session: SqlSession, s: string, { before, limit }: Purge): Promise<number> => {
  const [row] = await session.query<{ count: number }>(
    `with gone as (delete from ${s}.event where key = any(array(
       select key from ${s}.event where at < $1::int8 order by at limit $2::int8 for update)) returning 1)
     select count(*) as count from gone`,
    [before, limit],
  )
  return row?.count ?? 0
}

/** Locks messages as settle does, before their events: an event that comes meanwhile is deleted with its message or finds none. */
const purgeSomeMessages = async (
  session: SqlSession,
  s: string,
  heads: readonly number[],
  limit: number,
): Promise<number> => {
  const found = await session.query<{ id: string }>(
    `select m.id from (select id, id_from, id_to, accepted_at from ${s}.message_head where id = any($1::int8[])
       order by accepted_at, id) h
     cross join lateral (select m.id from ${s}.message m where ${isOfHead('m', 'h')} limit $2::int8 for update) m
     order by h.accepted_at, h.id limit $2::int8`,
    [numberArray(heads), limit],
  )
  if (found.length === 0) return 0
  const ids = bytesArray(found.map(({ id }) => toBytes(id)))
  await session.query(`delete from ${s}.event where message = any($1::bytea[])`, [ids])
  await session.query(`delete from ${s}.message where id = any($1::bytea[])`, [ids])
  return found.length
}

/** All messages of a head were accepted at its instant, and nothing is added to a head that exists: one left empty goes. */
const purgeMessages = async (session: SqlSession, s: string, { before, limit }: Purge): Promise<number> => {
  let count = 0
  while (count < limit) {
    const rows = await session.query<{ id: number }>(
      `select id from ${s}.message_head where accepted_at < $1::int8 order by accepted_at, id limit $2::int8`,
      [before, Math.min(limit - count, headsAtOnce)],
    )
    if (rows.length === 0) break
    const heads = rows.map(({ id }) => id)
    count += await purgeSomeMessages(session, s, heads, limit - count)
    await session.query(
      `delete from ${s}.message_head h where id = any($1::int8[]) and (
         select m.id from ${s}.message m where ${isOfHead('m', 'h')} limit 1) is null`,
      [numberArray(heads)],
    )
  }
  return count
}

const cellColumns = 'account, bucket, domain, recipient_domain, template, task'

const cellsIn = (table: string): string =>
  `select ${cellColumns} from ${table} where cube = $1::text and bucket < $2::int8`

const without = (table: string): string =>
  `delete from ${table} t using cells c where t.cube = $1::text and t.account = c.account and t.bucket = c.bucket
     and t.domain = c.domain and t.recipient_domain = c.recipient_domain and t.template = c.template and t.task = c.task`

/** A cell goes with all its shards: a part of its count would be a wrong one. So many rows have at most as many cells. */
const openOnly = (s: string): string => `
with cells as materialized (
  select distinct ${cellColumns} from (${cellsIn(`${s}.tally`)} order by bucket limit $3::int8) o),
open as (${without(`${s}.tally`)})
select count(*) as count from cells`

/** No span that reaches below the floor is read any more: what is left of it, its cells say. */
const openAndClosed = (s: string): string => `
with cells as materialized (
  select distinct ${cellColumns} from (
    select * from (${cellsIn(`${s}.tally`)} union all ${cellsIn(`${s}.tally_closed`)}) u order by bucket limit $3::int8) o),
open as (${without(`${s}.tally`)}),
closed as (${without(`${s}.tally_closed`)}),
floor as (insert into ${s}.tally_floor as f (cube, bucket)
  select $1::text, max(bucket) + 1 from cells having count(*) > 0
  on conflict (cube) do update set bucket = greatest(f.bucket, excluded.bucket)),
spans as (delete from ${s}.tally_span where cube = $1::text and bucket <= (select max(bucket) from cells))
select count(*) as count from cells`

const purgeTallies = async (
  session: SqlSession,
  s: string,
  cube: string,
  { before, limit }: Purge,
): Promise<number> => {
  const text = isFolded(cube) ? openAndClosed(s) : openOnly(s)
  let count = 0
  while (count < limit) {
    const [row] = await session.query<{ count: number }>(text, [cube, before, limit - count])
    if (row === undefined || row.count === 0) break
    count += row.count
  }
  return count
}

/** Oldest first, by an index for each kind of rows, so that a step costs what it removes however much there is. */
export const purgeRows = (session: SqlSession, s: string, change: Purge): Promise<number> => {
  if (change.rows === 'events') return purgeEvents(session, s, change)
  if (change.rows === 'messages') return purgeMessages(session, s, change)
  return purgeTallies(session, s, change.rows.slice('tallies.'.length), change)
}
