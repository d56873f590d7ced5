/**
 * Trigger mail at a fixed rate that waits for nobody, alone and beside another account's batches, one after the other, at the same process. All times are from the
 * instant at which a call was to begin: to its answer, and to the mail's arrival at the receiver. Caller, product and receiver are processes of their own.
 * `--rate=500` a second, `--seconds=20`, `--batch=100000` recipients, `--via=http` (or `process`: the calls are made within the product's process),
 * `--storage=postgres` (or `memory`, or both with a comma), `--dkim`, `--json`.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Arrivals } from './arrivals.js'
import { ask, heard } from './ask.js'
import { TRIGGER_TO, triggerMail } from './mail.js'
import { percentile } from './measure.js'
import { type Called, type Calls, openLoop } from './open-loop.js'
import { machine, option, report } from './report.js'
import type { Order, ServerFigures } from './trigger-server.js'

const perSecond = Number(option('rate', '500'))
const seconds = Number(option('seconds', '20'))
const batch = option('batch', '100000')
const via = option('via', 'http')
const storages = option('storage', 'postgres').split(',')
const dkim = String(process.argv.includes('--dkim'))
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
/** Long enough for the code to be compiled and the caches filled: what is asked of a service is asked of one that runs. */
const WARM_SECONDS = 10
const ARRIVE_WITHIN_MS = 30_000

const program = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const order = <Answer>(server: ChildProcess, one: Order) => ask<Answer>(server, one)

const agent = new Agent({ keepAlive: true })

/** By what costs the caller least, who shares the machine with all others. */
async function overHttp(port: number, n: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const asking = request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/send', headers })
  asking.end(JSON.stringify(triggerMail(n)))
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  const answer = await text(response)
  if (response.statusCode !== 201) throw new Error(`${response.statusCode}: ${answer}`)
}

/** One product in a process of its own, with its receiver. */
interface Place {
  readonly server: ChildProcess
  readonly receiver: ChildProcess
  readonly port: number
  /** Calls so far. */
  called: number
}

function call(place: Place, forSeconds: number): Promise<Called[]> {
  const calls: Calls = { first: place.called, perSecond, seconds: forSeconds }
  place.called += perSecond * forSeconds
  return via === 'http'
    ? openLoop(calls, (n) => overHttp(place.port, n))
    : order(place.server, { type: 'calls', calls })
}

/** Everything that has come since the last time, once the awaited mails are among it. */
async function arrived(receiver: ChildProcess, awaited: number): Promise<Arrivals> {
  const until = performance.now() + ARRIVE_WITHIN_MS
  const came: (readonly [string, number])[] = []
  let others = 0
  for (;;) {
    const more = await ask<Arrivals>(receiver, 'take')
    came.push(...more.came)
    others += more.others
    if (came.length >= awaited) return { came, others }
    if (performance.now() > until) throw new Error(`${came.length} of ${awaited} mails have arrived`)
    await delay(20)
  }
}

const times = (values: readonly number[]) => ({
  p50: Number(percentile(values, 0.5).toFixed(1)),
  p99: Number(percentile(values, 0.99).toFixed(1)),
})

async function phase(place: Place) {
  await call(place, WARM_SECONDS)
  await arrived(place.receiver, perSecond * WARM_SECONDS)
  await order(place.server, { type: 'measure' })
  const began = performance.now()
  const calls = await call(place, seconds)
  const { came, others } = await arrived(place.receiver, calls.length)
  const othersPerSecond = (others / (performance.now() - began)) * 1_000
  const figures = await order<ServerFigures>(place.server, { type: 'measured' })
  const dueAt = new Map(calls.map(({ n, due }) => [triggerMail(n).to, due]))
  const answer = times(calls.map(({ ms }) => ms))
  const arrival = times(came.map(([to, at]) => at - (dueAt.get(to) ?? Number.NaN)))
  return { answer, arrival, othersPerSecond, figures, cpuMs: (figures.cpuSeconds * 1_000) / (calls.length + others) }
}

type Phase = Awaited<ReturnType<typeof phase>>

const row = (mine: Phase, alone: Phase) => ({
  'answer p50 ms': mine.answer.p50,
  'p99 ms': mine.answer.p99,
  'p99 × alone': Number((mine.answer.p99 / alone.answer.p99).toFixed(1)),
  'arrival p50 ms': mine.arrival.p50,
  'arrival p99 ms': mine.arrival.p99,
  'arrival p99 × alone': Number((mine.arrival.p99 / alone.arrival.p99).toFixed(1)),
  'batch mails/s': Math.round(mine.othersPerSecond),
  'CPU ms/mail': Number(mine.cpuMs.toFixed(2)),
  'loop p99 ms': mine.figures.loopDelayP99Ms,
  'RSS MiB': mine.figures.peakRssMiB,
})

async function measured(storage: string): Promise<readonly (readonly [string, ReturnType<typeof row>])[]> {
  const receiver = fork(program('./arrivals.ts'), [TRIGGER_TO])
  const smtpUrl = `smtp://127.0.0.1:${await heard<number>(receiver)}`
  const schema = `bench_trigger_${process.pid}`
  // Without our own loader, which would give it the sources to compile as it goes instead of the built packages.
  const server = fork(program('../.tmp/bench/trigger-server.js'), [storage, smtpUrl, batch, dkim, schema, url], {
    execArgv: [],
  })
  try {
    const place: Place = { server, receiver, port: await heard<number>(server), called: 0 }
    const alone = await phase(place)
    await order(server, { type: 'batches' })
    const beside = await phase(place)
    await order(server, { type: 'no more batches' })
    await order(server, { type: 'stop' })
    return [
      [`${storage}, alone`, row(alone, alone)],
      [`${storage}, beside a batch`, row(beside, alone)],
    ]
  } finally {
    // It drops its schema when nobody is left to give it orders.
    if (server.connected) server.disconnect()
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    receiver.kill()
  }
}

const rows: (readonly [string, ReturnType<typeof row>])[] = []
for (const storage of storages) rows.push(...(await measured(storage)))
report(
  `${perSecond} trigger mails a second for ${seconds} s ${via === 'http' ? 'over HTTP' : 'in process'}, batches of ${batch}, mails of about 5 KB${dkim === 'true' ? ', DKIM' : ''}.`,
  machine(),
  Object.fromEntries(rows),
)
