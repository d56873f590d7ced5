import { createReadStream } from 'node:fs'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { parse } from 'csv-parse'
import { z } from 'zod'
import { type Measured, measure } from './measure.js'
import { schemaDropped, walBytes, withPool } from './postgres-figures.js'

export interface ImportFigures extends Measured {
  readonly walBytesPerRow: number | null
}

/** One way to read a list into a database, in a process of its own; the last line is its figures as JSON. */
const [kind = '', storage = '', count = '0', url = '', ...files] = process.argv.slice(2)
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

/** What teams write: a csv-parse stream, a zod schema for each row, a statement for each thousand; the unique key keeps repetitions out. */
function homebrew(): Promise<ImportFigures> {
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
    const insert = (batch: readonly z.output<typeof row>[]) =>
      pool.query(
        `insert into ${name} (list, email, vars) select 'readers', lower(e->>'email'), e - 'email' from jsonb_array_elements($1::jsonb) e on conflict do nothing`,
        [JSON.stringify(batch)],
      )
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
      await pool.query(`drop table ${name}`)
    }
  })
}

console.log(JSON.stringify(await (kind === 'homebrew' ? homebrew() : ours())))
process.exit(0)
