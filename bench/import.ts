/**
 * A list from files into Postgres: `groups.importCsv` against the homebrew (csv-parse, zod, an insert for each thousand rows, a unique key), each in a process of
 * its own; beside it the homebrew with a job in Redis for each row, as it is before anything can be sent to it, and ours on memory storage, which shows what the
 * database takes. `--rows=1000000`, `--files=100`, `--rounds=1` (medians; ratios are those within a round), `--json`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compared } from './compared.js'
import type { ImportFigures } from './import-case.js'
import { csv } from './mail.js'
import { machine, option, report } from './report.js'

const count = Number(option('rows', '1000000'))
const fileCount = Number(option('files', '100'))
const rounds = Number(option('rounds', '1'))
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'

const dir = mkdtempSync(join(tmpdir(), 'mailwright-bench-'))
const until = (files: number) => Math.floor((count * files) / fileCount)
const files = Array.from({ length: fileCount }, (_, n) => {
  const file = join(dir, `${n}.csv`)
  writeFileSync(file, csv(until(n), until(n + 1)))
  return file
})
const one = (kind: string, storage: string) => ({
  label: `${kind} (${storage})`,
  program: 'import-case',
  args: [kind, storage, String(count), url, redisUrl, ...files],
})
const rows = await compared<ImportFigures>(
  rounds,
  [
    one('homebrew', 'postgres'),
    one('homebrew with jobs', 'postgres'),
    one('mailwright', 'postgres'),
    one('mailwright', 'memory'),
  ],
  {
    'rows/s': (mine) => mine.mailsPerSecond,
    'CPU s/10k': (mine) => mine.cpuSecondsPer10k,
    'RSS MiB': (mine) => mine.peakRssMiB,
    'loop p99 ms': (mine) => mine.loopDelayP99Ms,
    'WAL B/row': (mine) => mine.walBytesPerRow,
    '× homebrew': (mine, rival) => rival && mine.mailsPerSecond / rival.mailsPerSecond,
    'CPU 1/': (mine, rival) => rival && rival.cpuSecondsPer10k / mine.cpuSecondsPer10k,
  },
).finally(() => rmSync(dir, { recursive: true, force: true }))
report(`${count} rows, five variables, in ${fileCount} files; ${rounds} rounds, medians.`, machine(), rows)
