import type { PurgedRows, Storage } from '@mailwright/core'
import type pg from 'pg'
import { applied } from './growth-fill.js'
import { day } from './statistics-data.js'

interface Place {
  readonly storage: Storage
  readonly schema: string
  readonly pool: pg.Pool
  readonly mails: number
  /** Microseconds of the backend. */
  readonly cpu: () => number
}

const STEP = 5_000

const megabytes = async ({ pool, schema }: Place, table: string): Promise<string> => {
  const { rows } = await pool.query<{ heap: string; indexes: string }>(
    'select pg_relation_size(oid) as heap, pg_indexes_size(oid) as indexes from pg_class where oid = $1::regclass',
    [`${schema}.${table}`],
  )
  return `${(Number(rows[0]?.heap) / 1e6).toFixed(0)} + ${(Number(rows[0]?.indexes) / 1e6).toFixed(0)}`
}

/** The oldest day of one kind, in the steps of the product's chore, then what a vacuum of the table takes and leaves. */
const oldestDay = async (place: Place, before: number, rows: PurgedRows, table: string, wal: () => Promise<number>) => {
  const { storage, pool, schema, cpu } = place
  const size = await megabytes(place, table)
  const from = { cpu: cpu(), wal: await wal(), at: performance.now() }
  let removed = 0
  for (let count = STEP; count === STEP; removed += count)
    count = await applied(storage, [{ type: 'purge', rows, before, limit: STEP }])
  const took = { cpu: cpu() - from.cpu, wal: (await wal()) - from.wal, ms: performance.now() - from.at }
  const vacuum = { cpu: cpu(), at: performance.now() }
  await pool.query(`vacuum ${schema}.${table}`)
  return {
    stored: place.mails,
    purged: rows,
    removed,
    'rows/s': Math.round((removed / took.ms) * 1_000),
    'CPU µs/row': Number((took.cpu / removed).toFixed(1)),
    'WAL B/row': Math.round(took.wal / removed),
    'vacuum s': Number(((performance.now() - vacuum.at) / 1_000).toFixed(2)),
    'vacuum CPU µs/row': Number(((cpu() - vacuum.cpu) / removed).toFixed(1)),
    'heap + indexes MB before': size,
    after: await megabytes(place, table),
  }
}

/** Events first: with its message an event goes uncounted. */
export async function retentionMeasured(place: Place, wal: () => Promise<number>): Promise<void> {
  const { rows } = await place.pool.query<{ oldest: string }>(
    `select min(accepted_at) as oldest from ${place.schema}.message_head`,
  )
  const before = Number(rows[0]?.oldest) + day
  console.table([
    await oldestDay(place, before, 'events', 'event', wal),
    await oldestDay(place, before, 'messages', 'message', wal),
    await oldestDay(place, before, 'tallies.recipient', 'tally_closed', wal),
  ])
}
