import { createReadStream } from 'node:fs'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { Queue } from 'bullmq'
import { parse } from 'csv-parse'
import { z } from 'zod'
import { type Measured, measure } from './measure.js'
import { schemaDropped, walBytes, withPool } from './postgres-figures.js'

export interface ImportFigures extends Measured {
  readonly walBytesPerRow: number | null
}

/** One way to read a list into a database, in a process of its own; the last line is its figures as JSON. */
const [kind = '', storage = '', count = '0', url = '', redisUrl = '', ...files] = process.argv.slice(2)
const rows = Number(count)
const name = `bench_import_${process.pid}`
const BATCH_ROWS = 1_000

const withWal = async (run: () => Promise<void>): Promise<ImportFigures> => {
  if (storage === 'memory') return { ...(await measure(rows, run)), walBytesPerRow: null }
  const before = await walBytes(url)
  const figures = await measure(rows, run)
  return { ...figures, walBytesPerRow: Math.round(((await walBytes(url)) - before) / rows) }
}

async function ours(): Promise<ImportFigures> {
  const mail = await createMailService({
    storage: storage === 'memory' ? memoryStorage() : postgres({ url, schema: name }),
    transport: captureTransport(),
    secret: 'only for the benchmark',
    worker: false,
    policy: { rowsPerGroup: 10_000_000 },
  })
  try {
    await mail.groups.create({ name: 'readers' })
    const figures = await withWal(async () => {
      for (const file of files) await mail.groups.importCsv('readers', createReadStream(file))
    })
    const { rows: stored } = await mail.groups.get('readers')
    if (stored !== rows) throw new Error(`${stored} of ${rows} rows`)
    return figures
  } finally {
    await mail.stop()
    if (storage !== 'memory') await schemaDropped(url, name)
  }
}

/**
 * What teams write: a csv-parse stream, a zod schema for each row, a statement for each thousand; the unique key keeps repetitions out. With `queue` a job for
 * each row as well, without which nothing of theirs would send to it.
 */
function homebrew(queue: Queue | null): Promise<ImportFigures> {
  const row = z.object({
    email: z.email(),
    name: z.string(),
    city: z.string(),
    code: z.string(),
    amount: z.string(),
    day: z.string(),
  })
  return withPool(url, async (pool) => {
    await pool.query(
      `create table ${name} (id bigserial primary key, list text not null, email text not null, vars jsonb not null, unique (list, email))`,
    )
    const insert = async (batch: readonly z.output<typeof row>[]) => {
      const inserted = await pool.query(
        `insert into ${name} (list, email, vars) select 'readers', lower(e->>'email'), e - 'email' from jsonb_array_elements($1::jsonb) e
         on conflict do nothing ${queue ? 'returning id, email, vars' : ''}`,
        [JSON.stringify(batch)],
      )
      await queue?.addBulk(inserted.rows.map((data) => ({ name: 'mail', data, opts: { removeOnComplete: true } })))
    }
    try {
      const figures = await withWal(async () => {
        for (const file of files) {
          let batch: z.output<typeof row>[] = []
          for await (const record of createReadStream(file).pipe(parse({ columns: true, skip_empty_lines: true }))) {
            if (batch.push(row.parse(record)) < BATCH_ROWS) continue
            await insert(batch)
            batch = []
          }
          if (batch.length > 0) await insert(batch)
        }
      })
      const stored = Number((await pool.query(`select count(*) from ${name}`)).rows[0]?.count)
      if (stored !== rows) throw new Error(`${stored} of ${rows} rows`)
      return figures
    } finally {
      await queue?.obliterate({ force: true })
      await queue?.close()
      await pool.query(`drop table ${name}`)
    }
  })
}

function jobs(): Queue {
  const { hostname: host, port } = new URL(redisUrl)
  return new Queue(name, { connection: { host, port: Number(port || 6_379), maxRetriesPerRequest: null } })
}

const figuresOf: Readonly<Record<string, () => Promise<ImportFigures>>> = {
  homebrew: () => homebrew(null),
  'homebrew with jobs': () => homebrew(jobs()),
  mailwright: ours,
}
const run = figuresOf[kind]
if (!run) throw new Error(`no case is called ${kind}`)
console.log(JSON.stringify(await run()))
process.exit(0)
