import { spawn } from 'node:child_process'
import { generateKeyPair, sign } from 'node:crypto'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startSink } from './sink.js'

interface Row {
  readonly name: string
  readonly storage: string
  readonly mailsPerSecond: number
  readonly cpuSecondsPer10k: number
  readonly peakRssMiB: number
  readonly walBytesPerMail?: number | null
  readonly vsHomebrew: number | null
  readonly vsNodemailerPool: number | null
}
type Figures = Omit<Row, 'name' | 'storage' | 'vsHomebrew' | 'vsNodemailerPool'>

const option = (name: string, otherwise: string) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise
const mails = Number(option('mails', '10000'))
const postgresUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const port = 20_000 + (process.pid % 10_000)

const cases = [
  ['homebrew', 'redis + postgres'],
  ['nodemailer pool', 'none'],
  ['mailwright, smtp', 'memory'],
  ['mailwright, smtp', 'pglite'],
  ['mailwright, smtp', 'postgres'],
  ['mailwright, smtp, dkim', 'memory'],
  ['mailwright, smtp, dkim', 'postgres'],
  ['mailwright, capture', 'memory'],
  ['mailwright, capture', 'pglite'],
  ['mailwright, capture', 'postgres'],
] as const

const sink = await startSink(port)
const measured: { readonly name: string; readonly storage: string; readonly figures: Figures | null }[] = []
for (const [name, storage] of cases) measured.push({ name, storage, figures: await inItsOwnProcess(name, storage) })
sink.stop()

const rate = (name: string) => measured.find((one) => one.name === name)?.figures?.mailsPerSecond ?? null
const times = (mine: number, theirs: number | null) => (theirs === null ? null : Number((mine / theirs).toFixed(1)))
const rows: Row[] = measured.flatMap(({ name, storage, figures }) =>
  figures
    ? [
        {
          name,
          storage,
          ...figures,
          vsHomebrew: times(figures.mailsPerSecond, rate('homebrew')),
          vsNodemailerPool: times(figures.mailsPerSecond, rate('nodemailer pool')),
        },
      ]
    : [],
)
const rsa = await rsaRate()
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${sink.kind}, ${rsa} RSA-2048 signatures/s on its thread pool`
console.log(`\n${mails} mails of about 5 KB, five variables. ${machine}`)
console.table(Object.fromEntries(rows.map(({ name, storage, ...rest }) => [`${name} (${storage})`, rest])))
if (process.argv.includes('--json')) console.log(JSON.stringify({ machine, rows }))

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

/** null: a server it needs is not there, said aloud. */
function inItsOwnProcess(name: string, storage: string): Promise<Figures | null> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL('./case.ts', import.meta.url))
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', script, name, storage, String(mails), `smtp://127.0.0.1:${port}`, postgresUrl, redisUrl],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('close', (code) => {
      if (code === 0) return resolve(JSON.parse(output.trim().split('\n').at(-1) ?? 'null'))
      console.error(`NOT MEASURED ${name} (${storage}): ${errors.trim().split('\n').slice(-6).join(' | ')}`)
      resolve(null)
    })
  })
}
