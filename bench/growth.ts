import { readFileSync } from 'node:fs'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { startPostgres } from '../tests/servers/postgres.js'
import { type Call, calls, type Filled } from './growth-calls.js'
import { fill, storedIn } from './growth-fill.js'
import { retentionMeasured } from './growth-retention.js'
import { walBytes } from './postgres-figures.js'

/**
 * What a call costs when so many mails are stored (default 10,000, 1 million and 10 million, each with as many events and blocked addresses), through the
 * storage port, on a private server with the settings of initdb. The sizes take turns in every round, so that what else the machine does falls on all of
 * them: what counts is how they differ. With the URL of a server as the third argument that one is used, and the filled schemas stay there for the next run.
 * The exponent is that of cost = a · size^x between two sizes: 0 is a constant, 1 is in proportion.
 */
const sizes = (process.argv[2] ?? '10000,1000000,10000000').split(',').map(Number)
const rounds = Number(process.argv[3] ?? 40)
const kept = process.argv[4]
/** Only calls whose name contains this; `retention` is that alone. */
const only = process.argv[5]

interface Place extends Filled {
  readonly schema: string
  readonly pool: pg.Pool
  readonly cpu: () => number
}

const filledPlace = async (url: string, mails: number): Promise<Place> => {
  const schema = `growth_${mails}`
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 })
  const storage = fromPg(pool, { schema })
  const began = performance.now()
  const there = await pool.query('select 1 from pg_namespace where nspname = $1', [schema])
  if (there.rowCount === 0) await fill(pool, storage, schema, mails)
  else await storage.migrate()
  const stored = await storedIn(pool, schema)
  console.log(`${stored.mails} mails in ${((performance.now() - began) / 1_000).toFixed(0)} s`)
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  // Microseconds on a core of the one backend that serves this schema.
  const cpu = () => Number(readFileSync(`/proc/${rows[0]?.pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000
  return { ...stored, storage, schema, pool, cpu }
}

interface Sample {
  readonly ms: number
  readonly cpu: number
  readonly wal: number
}

const walOf = async ({ pool }: Place): Promise<number> =>
  Number((await pool.query("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes")).rows[0]?.bytes)

const sample = async (place: Place, { prepare, run }: Call): Promise<Sample> => {
  const prepared = await prepare?.(place)
  const wal = await walOf(place)
  const [cpu, began] = [place.cpu(), performance.now()]
  await run(place, prepared as never)
  const cost = { ms: performance.now() - began, cpu: place.cpu() - cpu }
  return { ...cost, wal: (await walOf(place)) - wal }
}

const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

const exponent = (from: number, to: number, sizeFrom: number, sizeTo: number): string =>
  (Math.log(to / from) / Math.log(sizeTo / sizeFrom)).toFixed(2)

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

const callsMeasured = async (places: readonly Place[]): Promise<void> => {
  console.log(
    line(['call', ...places.map(({ mails }) => `${mails}: median, p99 ms; SQL CPU µs; WAL B`), 'exponents of CPU']),
  )
  console.log(line(['---', ...places.map(() => '---'), '---']))
  for (const one of calls.filter(({ name }) => only === undefined || name.includes(only))) {
    const { per } = one
    const samples = places.map((): Sample[] => [])
    for (let round = -3; round < rounds; round += 1)
      for (const [index, place] of places.entries()) {
        const taken = await sample(place, one)
        if (round >= 0) samples[index]?.push(taken)
      }
    const cpus = samples.map(
      (taken) =>
        at(
          taken.map(({ cpu }) => cpu),
          0.5,
        ) / one.per,
    )
    const shown = samples.map((taken, index) => {
      const times = taken.map(({ ms }) => ms)
      const wal = taken.reduce((sum, { wal: bytes }) => sum + bytes, 0) / taken.length / per
      return `${at(times, 0.5).toFixed(1)}, ${at(times, 0.99).toFixed(1)}; ${(cpus[index] ?? 0).toFixed(1)}; ${wal.toFixed(0)}`
    })
    const steps = places
      .slice(1)
      .map(({ mails }, index) => exponent(cpus[index] ?? 0, cpus[index + 1] ?? 0, places[index]?.mails ?? 0, mails))
    console.log(line([per > 1 ? `${one.name} (CPU of one)` : one.name, ...shown, steps.join(', ')]))
  }
}

const tableSizes = async ({ pool, schema, mails }: Place): Promise<void> => {
  const { rows } = await pool.query<{ name: string; rows: string; heap: string; indexes: string }>(
    `select relname as name, reltuples::int8 as rows, pg_relation_size(oid) as heap, pg_indexes_size(oid) as indexes from pg_class
     where relnamespace = $1::regnamespace and relkind = 'r' and pg_total_relation_size(oid) > 1000000 order by 1`,
    [schema],
  )
  const bytes = rows.map(({ name, rows: count, heap, indexes }) => ({
    table: name,
    rows: Number(count),
    'heap MB': Math.round(Number(heap) / 1e6),
    'indexes MB': Math.round(Number(indexes) / 1e6),
    'bytes per stored mail': Math.round((Number(heap) + Number(indexes)) / mails),
  }))
  console.log(`on disk, of ${mails} mails`)
  console.table(bytes)
}

const server = kept === undefined ? await startPostgres() : { url: kept, stop: async () => undefined }
if (server === undefined) throw new Error('the programs of a Postgres server are not installed')
const places: Place[] = []
try {
  for (const mails of sizes) places.push(await filledPlace(server.url, mails))
  const [any] = places
  console.log((await any?.pool.query('select version()'))?.rows[0]?.version)
  for (const place of places) await tableSizes(place)
  await callsMeasured(places)
  for (const place of only === undefined || only === 'retention' ? places : [])
    await retentionMeasured(place, () => walBytes(server.url))
} finally {
  for (const { pool } of places) await pool.end()
  await server.stop()
}
