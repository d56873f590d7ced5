import { readFileSync } from 'node:fs'
import pg from 'pg'
import { startPostgres } from '../tests/servers/postgres.js'

/**
 * What partitions by day would cost and save: messages (default 3 million, of 90 days) in one table, in 13 partitions (weeks), in 90 (days), and in 365 (as
 * many as a year of days has), by ranges of their ids. The statements are those of the adapter, planned as it has them planned. Layouts take turns.
 */
const mails = Number(process.argv[2] ?? 3_000_000)
const rounds = Number(process.argv[3] ?? 60)
const layouts = [1, 13, 90, 365]
const LIST = 500
const STEP = 5_000
const days = 90

const server = await startPostgres()
if (server === undefined) throw new Error('the programs of a Postgres server are not installed')
const pool = new pg.Pool({ connectionString: server.url, max: 1, idleTimeoutMillis: 0 })
const idOf = (n: number): string => `\\x${n.toString(16).padStart(32, '0')}`
const tableOf = (parts: number): string => `message_${parts}`
/** Ids of partition n; the last one takes what the trial adds. */
const bounds = (parts: number, n: number): string => {
  const from = n === 0 ? 'minvalue' : `'${idOf(Math.round((mails / parts) * n))}'`
  return `from (${from}) to (${n === parts - 1 ? 'maxvalue' : `'${idOf(Math.round((mails / parts) * (n + 1)))}'`})`
}

const made = async (parts: number): Promise<void> => {
  const table = tableOf(parts)
  await pool.query(`create table ${table} (id bytea not null, head int8 not null, last_at int8 not null, bucket int8 not null, seq int4 not null,
    facts int4 not null, attempt int4 not null, mailbox text collate "C" not null, recipient_key text collate "C", last_reply text not null)
    ${parts === 1 ? 'with (fillfactor = 90)' : 'partition by range (id)'}`)
  if (parts > 1)
    for (let n = 0; n < parts; n += 1)
      await pool.query(
        `create table ${table}_p${n} partition of ${table} for values ${bounds(parts, n)} with (fillfactor = 90)`,
      )
  await pool.query(`insert into ${table} select decode(lpad(to_hex(n), 32, '0'), 'hex'), n / 250, n, n / 1000, n % 250, 11, 1,
    'user' || hashint8(n) % ${Math.round(mails / 60)} || '@big' || n % 10 || '.example', null, '250 2.0.0 Ok: queued as 4ABCDEFGHIJKL'
    from generate_series(0, ${mails - 1}) n`)
  await pool.query(`alter table ${table} add primary key (id)`)
  await pool.query(`create index on ${table} (hashtextextended(coalesce(recipient_key, mailbox), 0))`)
  await pool.query(`vacuum analyze ${table}`)
}

const pid: number = (await pool.query('select pg_backend_pid() as pid')).rows[0].pid
const cpu = (): number => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000
const wal = async (): Promise<number> =>
  Number((await pool.query("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes")).rows[0].bytes)

let added = mails
const fresh = (): readonly string[] => Array.from({ length: LIST }, () => idOf(added++))
const among = (span: number): readonly string[] =>
  [...new Set(Array.from({ length: LIST }, () => mails - 1 - Math.floor(Math.random() * mails * span)))].map(idOf)
const list = (ids: readonly string[]): string => `{${ids.map((id) => `"\\${id}"`).join(',')}}`
const least = (ids: readonly string[]): string => [...ids].sort()[0] ?? ''
const greatest = (ids: readonly string[]): string => [...ids].sort().at(-1) ?? ''

interface Trial {
  readonly name: string
  readonly text: (table: string) => string
  readonly params: () => readonly unknown[]
}

const ranged = (span: number) => () => {
  const ids = among(span)
  return [list(ids), least(ids), greatest(ids)]
}
const within = 'id = any($1::bytea[]) and id >= $2::bytea and id <= $3::bytea'
const trials: readonly Trial[] = [
  {
    name: 'insert of 500',
    text: (table) =>
      `insert into ${table} select id, 1, 1, 1, 1, 11, 1, 'user@big1.example', null, '250 2.0.0 Ok: queued as 4ABCDEFGHIJKL' from unnest($1::bytea[]) u(id)`,
    params: () => [list(fresh())],
  },
  {
    name: 'lock of 500 of any day, by the list',
    text: (table) => `select id, facts from ${table} where id = any($1::bytea[]) order by id for update`,
    params: () => [list(among(1))],
  },
  {
    name: 'lock of 500 of any day, each in its own partition',
    text: (table) =>
      `select m.id, m.facts from unnest($1::bytea[]) u(id) join ${table} m on m.id = u.id order by m.id for update of m`,
    params: () => [list(among(1))],
  },
  {
    name: 'lock of 500 of the last day, by list and range',
    text: (table) => `select id, facts from ${table} where ${within} order by id for update`,
    params: ranged(1 / days),
  },
  {
    name: 'update of 500 of any day',
    text: (table) => `update ${table} m set facts = m.facts | 8192 from unnest($1::bytea[]) u(id) where m.id = u.id`,
    params: () => [list(among(1))],
  },
  {
    name: 'messages of a recipient',
    text: (table) =>
      `select * from ${table} where hashtextextended(coalesce(recipient_key, mailbox), 0) = hashtextextended($1::text, 0) and coalesce(recipient_key, mailbox) = $1::text`,
    params: () => {
      const n = Math.floor(Math.random() * mails)
      return [`user${n % Math.round(mails / 60)}@big${n % 10}.example`]
    },
  },
  {
    name: 'page of 50 of 8 heads',
    text: (table) =>
      `select m.* from unnest($1::bytea[]) u(id) join ${table} m on m.id >= u.id and m.id <= u.id || '\\x00'::bytea limit 50`,
    params: () => [list(among(1).slice(0, 8))],
  },
]

const begin = 'begin; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off'
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const statements = async (): Promise<void> => {
  for (const { name, text, params } of trials) {
    const costs = new Map(layouts.map((parts) => [parts, [] as number[]]))
    for (let round = -5; round < rounds; round += 1)
      for (const parts of layouts) {
        const values = [...params()]
        await pool.query(begin)
        const before = cpu()
        await pool.query({ name: `${name} ${parts}`.slice(0, 60), text: text(tableOf(parts)), values })
        if (round >= 0) costs.get(parts)?.push(cpu() - before)
        await pool.query('commit')
      }
    const cells = layouts.map((parts) => (median(costs.get(parts) ?? []) / 1_000).toFixed(2))
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

/** The oldest day, from the one table in the steps of the product's chore and then a vacuum, from the others by dropping a partition. */
const retention = async (): Promise<void> => {
  for (const parts of layouts) await pool.query(`vacuum ${tableOf(parts)}`)
  await pool.query('checkpoint')
  const share = Math.round(mails / days)
  const start = { cpu: cpu(), wal: await wal() }
  for (let from = 0; from < share; from += STEP)
    await pool.query(`delete from ${tableOf(1)} where id >= $1 and id < $2`, [
      idOf(from),
      idOf(Math.min(share, from + STEP)),
    ])
  const deleted = { cpu: cpu(), wal: await wal() }
  await pool.query(`vacuum ${tableOf(1)}`)
  const vacuumed = { cpu: cpu(), wal: await wal() }
  const { count } = (await pool.query(`select count(*) from ${tableOf(90)}_p0`)).rows[0]
  const counted = cpu()
  await pool.query(`drop table ${tableOf(90)}_p0`)
  const dropped = { cpu: cpu(), wal: await wal() }
  const row = (name: string, a: typeof start, b: typeof start, rows: number) => ({
    name,
    rows,
    'CPU µs/row': ((b.cpu - a.cpu) / rows).toFixed(2),
    'WAL B/row': ((b.wal - a.wal) / rows).toFixed(1),
  })
  console.table([
    row('delete', start, deleted, share),
    row('its vacuum', deleted, vacuumed, share),
    {
      ...row('count and drop', vacuumed, dropped, Number(count)),
      'of it count': ((counted - vacuumed.cpu) / Number(count)).toFixed(2),
    },
  ])
}

try {
  for (const parts of layouts) await made(parts)
  console.log(
    `SQL CPU in ms, ${mails} messages\n| statement | ${layouts.map((parts) => `${parts} partition(s)`).join(' | ')} |`,
  )
  await statements()
  await retention()
} finally {
  await pool.end()
  await server.stop()
}
