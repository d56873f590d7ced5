import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { schemaDropped } from './postgres-figures.js'
import type { HandedOver } from './queue-worker.js'

/**
 * From the call of `send` in a process that only accepts to the hand-over in another that only works, with and without a queue between them, and so many
 * workers (default 1). Mails come one at a time, at uneven intervals, so that most find the workers resting.
 */
const count = Number(process.argv[2] ?? 60)
const workers = Number(process.argv[3] ?? 1)
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379/15'
const from = 'hello@m.bench.example'
const program = fileURLToPath(new URL('./queue-worker.ts', import.meta.url))

async function started(args: readonly string[]): Promise<ChildProcess> {
  const child = fork(program, args, { execArgv: ['--import', 'tsx'] })
  await once(child, 'message')
  return child
}

async function measure(name: string, redis: string): Promise<void> {
  const schema = `bench_queue_${process.pid}`
  const prefix = `bench-${process.pid}`
  const mail = await createMailService({
    storage: postgres({ url, schema }),
    transport: captureTransport(),
    secret: 'a secret only for the benchmarks',
    worker: false,
    ...(redis === '' ? {} : { queue: bullmq({ url: redis, prefix }) }),
  })
  await mail.ensure({
    domains: [{ name: 'm.bench.example', trust: 'operator' }],
    senders: [{ address: from, name: 'Bench' }],
    templates: [{ name: 'note', subject: 'Note', html: '<p>Hello</p>' }],
  })
  const children = await Promise.all(Array.from({ length: workers }, () => started([url, schema, redis, prefix])))
  const handedOver = new Map<string, number>()
  for (const child of children) child.on('message', ({ to, at }: HandedOver) => handedOver.set(to, at))
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const to = `r${n}@example.org`
    const since = performance.timeOrigin + performance.now()
    await mail.send({ from, to, template: 'note' })
    while (!handedOver.has(to)) await delay(5)
    times.push((handedOver.get(to) ?? 0) - since)
    await delay(100 + ((n * 137) % 300))
  }
  for (const child of children) {
    const gone = once(child, 'exit')
    child.send('stop')
    await gone
  }
  await mail.stop()
  await schemaDropped(url, schema)
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.min(count - 1, Math.floor(count * share))] ?? 0)
  console.log(`${name}, ${workers} workers: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, max ${at(1)} ms over ${count}`)
}

await measure('sweep alone', '')
await measure('BullMQ', redisUrl)
