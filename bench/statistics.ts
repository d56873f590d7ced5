import assert from 'node:assert/strict'
import { fromPg, rebuildTallies } from '@mailwright/adapters/storage/postgres'
import type { Change } from '@mailwright/core'
import pg from 'pg'
import { schemaDropped } from './postgres-figures.js'
import { applyDay } from './statistics-apply.js'
import { account, day, days, load, spreadOverShards, start } from './statistics-data.js'
import { questions, random } from './statistics-questions.js'
import { answered, scanned } from './statistics-scan.js'

/**
 * STA-3: statistics over so many events (first outcomes and event rows together), by the port's own `tallies` and `people`. The mail is written in
 * bulk and the tallies are made by `rebuildTallies`; a twentieth more goes through `apply` afterwards, from four workers, and is not folded.
 */
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const size = Number(process.argv[2] ?? 10_000_000)
const rounds = Number(process.argv[3] ?? 60)
const schema = `mailwright_bench_statistics_${process.pid}`
const pool = new pg.Pool({ connectionString: url, max: 4 })
const storage = fromPg(pool, { schema })

const timed = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
  const at = performance.now()
  const result = await run()
  console.log(`${what}: ${((performance.now() - at) / 1_000).toFixed(1)} s`)
  return result
}
const ms = async (run: () => Promise<unknown>): Promise<number> => {
  const at = performance.now()
  await run()
  return performance.now() - at
}
const figure = (values: readonly number[], share: number): number =>
  Number((values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0).toFixed(1))

const measured = async (name: string, times: number, run: () => Promise<unknown>) => {
  const values: number[] = []
  for (let at = 0; at < times; at += 1) values.push(await ms(run))
  values.sort((a, b) => a - b)
  return { question: name, median: figure(values, 0.5), p99: figure(values, 0.99), values }
}

const table = async (title: string, times: number): Promise<void> => {
  const rows = []
  for (const { name, make } of questions) rows.push(await measured(name, times, () => storage.read.tallies(make())))
  console.log(title)
  console.table(rows.map(({ values: _, ...row }) => row))
  for (const range of ['day', '90 days']) {
    const values = rows.filter(({ question }) => question.startsWith(range)).flatMap((row) => row.values)
    values.sort((a, b) => a - b)
    console.log(`${range}, all together: median ${figure(values, 0.5)} ms, p99 ${figure(values, 0.99)} ms`)
  }
}

/** Distinct people are counted from event rows each time, so these grow with what was opened. */
const peopleTable = async (): Promise<void> => {
  const rows = []
  for (const [name, length] of Object.entries({ day, '30 days': 30 * day, '90 days': days * day }))
    for (const by of [[], ['domain'], ['bucket']] as const) {
      const row = await measured(`people, ${name}, by ${by[0] ?? 'nothing'}`, 5, () => {
        const from = start + day + random(days - Math.floor(length / day) + 1) * day
        const edges = Array.from({ length: length / day }, (_, at) => from + at * day)
        return storage.read.people({ kinds: ['open'], account, from, to: from + length, by, edges })
      })
      rows.push({ question: row.question, median: row.median, slowest: row.p99 })
    }
  console.table(rows)
}

const foldAll = async (): Promise<number> => {
  const fold: Change = { type: 'fold', before: start + days * day, limit: 5_000 }
  let sum = 0
  for (let count = 5_000; count === 5_000; sum += count) {
    const [result] = await storage.apply([{ guards: [], changes: [fold] }])
    const outcome = result?.applied ? result.outcomes[0] : undefined
    count = outcome?.type === 'counted' ? outcome.count : 0
  }
  return sum
}

const sizes = async (): Promise<void> => {
  const { rows } = await pool.query(
    `select relname as "table", reltuples::int8 as "rows", pg_size_pretty(pg_relation_size(oid)) as heap, pg_size_pretty(pg_indexes_size(oid)) as indexes
     from pg_class where relnamespace = '${schema}'::regnamespace and relkind = 'r' and reltuples > 100 order by 1`,
  )
  console.table(rows)
}

const vacuum = async (...tables: readonly string[]): Promise<void> => {
  for (const name of tables) await pool.query(`vacuum analyze ${schema}.${name}`)
}

try {
  await storage.migrate()
  const client = await pool.connect()
  await timed(`load of ${size} events`, () => load(client, schema, Math.round(size / 2.14)))
  client.release()
  await vacuum('message', 'message_head', 'event', 'record')
  await timed('rebuild of the tallies', () => rebuildTallies(pool, { schema, from: start, to: start + days * day }))
  await spreadOverShards(pool, schema)
  await timed('a day through apply', () => applyDay(storage, Math.round(size / 2.14 / days)))
  await vacuum('tally')
  await sizes()
  await table('all of it open, in up to four shards', Math.ceil(rounds / 10))
  console.log(`${await timed('fold', foldAll)} rows folded`)
  await vacuum('tally', 'tally_closed', 'tally_span')
  await sizes()
  await table('folded but for the last day', rounds)
  for (let at = 0; at < 20; at += 1) {
    const question = questions[random(questions.length)]
    const filter = question?.make()
    if (filter === undefined) continue
    const answers = await answered(storage, filter)
    // Not deepEqual: its report of two thousand rows would bury the question.
    assert.equal(answers.join('\n') === (await scanned(pool, schema, filter)).join('\n'), true, question?.name)
    console.log(`equal to a full scan: ${question?.name}, ${answers.length} rows`)
  }
  await peopleTable()
} finally {
  await pool.end()
  await schemaDropped(url, schema)
}
