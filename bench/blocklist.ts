import { performance } from 'node:perf_hooks'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { schemaDropped } from './postgres-figures.js'

/**
 * BLK-5: 500 recipients against a blocklist of so many rows (default 10,000,000) on Postgres: their address keys and domain keys in one
 * question. Compares the indexes that could answer it: size, time to build, what 10,000 more rows cost, and the question's times. The
 * last line asks through the storage itself, with the index that its schema has.
 */
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const rows = Number(process.argv[2] ?? 10_000_000)
const rounds = Number(process.argv[3] ?? 300)
const recipients = 500
const inserted = 10_000
const schema = `mailwright_bench_block_${process.pid}`
const table = `${schema}.block`

const keyOf = (n: number): string => `reader${n}@d${n % 5_000}.example`
/** One in ten is on the list. */
const asked = (): readonly string[] => {
  const keys = new Set<string>()
  while (keys.size < recipients) keys.add(keyOf(Math.floor(Math.random() * rows * 10)))
  return [...new Set([...keys].flatMap((key) => [key, key.slice(key.indexOf('@'))]))]
}

interface Candidate {
  readonly name: string
  readonly index: string
  readonly where: string
}

const candidates: readonly Candidate[] = [
  { name: 'hash on key', index: 'using hash (key)', where: 'key = any($1::text[])' },
  { name: 'btree on key', index: '(key)', where: 'key = any($1::text[])' },
  {
    // Collisions would be sorted out by the caller.
    name: 'btree on an 8-byte hash of key',
    index: '(hashtextextended(key, 0))',
    where: 'hashtextextended(key, 0) = any(array(select hashtextextended(k, 0) from unnest($1::text[]) k))',
  },
]

const times = async (ask: (keys: readonly string[]) => Promise<number>): Promise<string> => {
  for (let warm = 0; warm < 20; warm += 1) await ask(asked())
  const taken: number[] = []
  let found = 0
  for (let round = 0; round < rounds; round += 1) {
    const keys = asked()
    const start = performance.now()
    found += await ask(keys)
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(1)
  return `${at(0.5)} | ${at(0.99)} | ${Math.round(found / rounds)}`
}

const pool = new pg.Pool({ connectionString: url, max: 1 })
const timed = async (sql: string): Promise<number> => {
  const start = performance.now()
  await pool.query(sql)
  return (performance.now() - start) / 1_000
}
const mebibytes = async (relation: string): Promise<number> => {
  const { rows: sizes } = await pool.query<{ size: string }>('select pg_relation_size($1::regclass) as size', [
    relation,
  ])
  return Math.round(Number(sizes[0]?.size ?? 0) / 2 ** 20)
}
const fill = (from: number, to: number): string => `
  insert into ${table} (account, kind, key, scope, starts_at, ends_at, reason, created_at)
  select 'account' || n % 50, 'invalid', 'reader' || n || '@d' || n % 5000 || '.example', '', 1770000000000 + n, 1790000000000 + n, '550 5.1.1', 1770000000000 + n
  from generate_series(${from}, ${to - 1}) n`

try {
  const storage = fromPg(pool, { schema })
  await storage.migrate()
  await pool.query('set synchronous_commit = off')
  await pool.query(`drop index ${schema}.block_by_key`)
  await pool.query(`alter table ${table} drop constraint block_pkey`)
  console.log(`${rows} rows in ${(await timed(fill(0, rows))).toFixed(0)} s`)
  const key = await timed(`alter table ${table} add primary key (account, kind, key, scope)`)
  console.log(
    `primary key: ${key.toFixed(0)} s, ${await mebibytes(`${schema}.block_pkey`)} MiB; heap ${await mebibytes(table)} MiB`,
  )
  await pool.query(`analyze ${table}`)
  console.log(
    '\n| index | build s | MiB | 10,000 more rows ms | p50 ms | p99 ms | found |\n| --- | --- | --- | --- | --- | --- | --- |',
  )
  let next = rows
  for (const { name, index, where } of candidates) {
    const build = await timed(`create index block_by_key on ${table} ${index}`)
    const size = await mebibytes(`${schema}.block_by_key`)
    const more = await timed(fill(next, next + inserted))
    next += inserted
    const question = {
      name: `blocks ${index}`,
      text: `select * from ${table} where ${where}`,
    }
    const figures = await times(async (keys) => (await pool.query({ ...question, values: [keys] })).rowCount ?? 0)
    console.log(`| ${name} | ${build.toFixed(0)} | ${size} | ${(more * 1_000).toFixed(0)} | ${figures} |`)
    await pool.query(`drop index ${schema}.block_by_key`)
  }
  await pool.query(`create index block_by_key on ${table} using hash (key)`)
  console.log(
    `\nthrough the storage: p50 | p99 | found: ${await times(async (keys) => (await storage.read.blocks(keys)).length)}`,
  )
} finally {
  await schemaDropped(url, schema)
  await pool.end()
}
