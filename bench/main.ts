import { generateKeyPair, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { OursFigures } from './case-ours.js'
import { median } from './measure.js'
import { inItsOwnProcess } from './own-process.js'
import { machine, option, report } from './report.js'
import { startSink } from './sink.js'

type Figures = Omit<OursFigures, 'mails' | 'walBytesPerMail' | 'lastByFirst'> &
  Partial<Pick<OursFigures, 'walBytesPerMail' | 'lastByFirst'>>

/**
 * The cases of one run side by side, each in a process of its own. `--mails=100000`, `--rounds=3` (medians; ratios are those within a round),
 * `--only=postgres` (cases whose name or storage holds the text; the homebrew always runs), `--json`.
 */
const mails = Number(option('mails', '10000'))
const rounds = Number(option('rounds', '1'))
const only = option('only', '')
const postgresUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const port = 20_000 + (process.pid % 10_000)

const all = [
  ['homebrew', 'redis + postgres'],
  ['homebrew, dkim', 'redis + postgres'],
  ['nodemailer pool', 'none'],
  ['bare loop', 'postgres'],
  ['mailwright, smtp', 'memory'],
  ['mailwright, smtp', 'pglite'],
  ['mailwright, smtp', 'postgres'],
  ['mailwright, smtp, two workers', 'postgres'],
  ['mailwright, smtp, callbacks', 'postgres'],
  ['mailwright, smtp, dkim', 'memory'],
  ['mailwright, smtp, dkim', 'postgres'],
  ['mailwright, capture', 'memory'],
  ['mailwright, capture', 'pglite'],
  ['mailwright, capture', 'postgres'],
] as const
const labelOf = (name: string, storage: string) => `${name} (${storage})`
const cases = all.filter(([name, storage]) => name === 'homebrew' || labelOf(name, storage).includes(only))

const sink = await startSink(port)
const measured: (readonly [label: string, figures: Figures])[][] = []
for (let round = 0; round < rounds; round++) {
  const ran: (readonly [string, Figures])[] = []
  for (const [name, storage] of cases) {
    const label = labelOf(name, storage)
    const args = [name, storage, String(mails), `smtp://127.0.0.1:${port}`, postgresUrl, redisUrl]
    const figures = await inItsOwnProcess<Figures>(label, 'case', args)
    if (figures) ran.push([label, figures])
  }
  measured.push(ran)
}
sink.stop()

const rows = Object.fromEntries(
  cases.flatMap(([name, storage]) => {
    const label = labelOf(name, storage)
    const runs = measured.flatMap((round) => {
      const mine = round.find(([ran]) => ran === label)?.[1]
      return mine ? [{ mine, round: new Map(round) }] : []
    })
    if (runs.length === 0) return []
    const by = (pick: (figures: Figures) => number | null | undefined) => median(runs.map(({ mine }) => pick(mine)))
    const rival = labelOf(name.includes('dkim') ? 'homebrew, dkim' : 'homebrew', 'redis + postgres')
    const times = (other: string) =>
      median(
        runs.map(({ mine, round }) => {
          const theirs = round.get(other)
          return theirs ? mine.mailsPerSecond / theirs.mailsPerSecond : null
        }),
      )
    const cpu = median(
      runs.map(({ mine, round }) => {
        const theirs = round.get(rival)
        return theirs ? theirs.cpuSecondsPer10k / mine.cpuSecondsPer10k : null
      }),
    )
    const row = {
      'mails/s': by((one) => one.mailsPerSecond),
      'CPU s/10k': by((one) => one.cpuSecondsPer10k),
      'RSS MiB': by((one) => one.peakRssMiB),
      'loop p99 ms': by((one) => one.loopDelayP99Ms),
      'WAL B/mail': by((one) => one.walBytesPerMail),
      'last/first': by((one) => one.lastByFirst),
      '× homebrew': times(rival),
      'CPU 1/': cpu,
      '× pool': times(labelOf('nodemailer pool', 'none')),
    }
    return [[label, row] as const]
  }),
)
report(
  `${mails} mails of about 5 KB, five variables; ${rounds} rounds, medians; × homebrew and CPU 1/ of a case with DKIM are against the homebrew with DKIM.`,
  `${machine()}, ${sink.kind}, ${await rsaRate()} RSA-2048 signatures/s on its thread pool`,
  rows,
)

/** What the machine itself can sign in a second: nothing that signs every mail can be faster. */
async function rsaRate(): Promise<number> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 })
  const signOne = promisify((data: Buffer, done: (error: Error | null) => void) =>
    sign('sha256', data, privateKey, done),
  )
  const data = Buffer.alloc(1_000, 'x')
  const count = 4_000
  const started = performance.now()
  let next = 0
  const lane = async () => {
    while (next++ < count) await signOne(data)
  }
  await Promise.all(Array.from({ length: 64 }, lane))
  return Math.round((count / (performance.now() - started)) * 1_000)
}
