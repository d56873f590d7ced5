import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type Storage } from '@mailwright/core'
import { createHttpHandler, nodeListener } from '@mailwright/http'
import { schemaDropped } from './postgres-figures.js'

/**
 * One trigger send over HTTP: so many (default 2,000) one after the other and then sixteen at a time, on memory and Postgres, beside the same call without
 * HTTP. Client and server share this process. Times are from the request to its whole answer: the mail and its audit record are stored then.
 */
const count = Number(process.argv[2] ?? 2_000)
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const from = 'hello@m.bench.example'

const mailTo = (n: number) => ({ from, to: `r${n}@example.org`, template: 'note', variables: { name: 'Ann' } })

const percentile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2)

async function measure(name: string, atOnce: number, call: (n: number) => Promise<unknown>): Promise<void> {
  const times: number[] = []
  let next = 0
  const began = performance.now()
  const lane = async () => {
    while (next < count) {
      const n = next
      next += 1
      const start = performance.now()
      await call(n)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  const perSecond = Math.round((count / (performance.now() - began)) * 1_000)
  times.sort((a, b) => a - b)
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  console.log(`${name.padEnd(34)} p50 ${p50.padStart(7)} ms   p99 ${p99.padStart(7)} ms   ${perSecond}/s`)
}

async function run(name: string, storage: Storage): Promise<void> {
  const secret = 'a secret only for the bench'
  const transport = captureTransport({ keep: false })
  const mail = await createMailService({ storage, transport, secret, worker: false, policy: { startLevel: 20 } })
  await storage.migrate()
  await mail.ensure({
    domains: [{ name: 'm.bench.example', trust: 'operator' }],
    senders: [{ address: from }],
    templates: [{ name: 'note', subject: 'A note', html: '<p>Hello {{name}}.</p>' }],
  })
  const handler = createHttpHandler(mail, { authorize: () => ({ account: 'default', role: 'sender', actor: 'bench' }) })
  const server = createServer(nodeListener(handler)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
  const headers = { 'content-type': 'application/json' }
  let sent = 0
  const overHttp = async () => {
    sent += 1
    const response = await fetch(place, { method: 'POST', headers, body: JSON.stringify(mailTo(sent)) })
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
    await response.arrayBuffer()
  }
  const inProcess = async () => {
    sent += 1
    await mail.send(mailTo(sent))
  }
  for (let n = 0; n < 200; n += 1) await overHttp()
  for (const atOnce of [1, 16]) {
    await measure(`${name}, HTTP, ${atOnce} at a time`, atOnce, overHttp)
    await measure(`${name}, in process, ${atOnce} at a time`, atOnce, inProcess)
  }
  server.close()
  server.closeAllConnections()
  await mail.stop()
}

await run('memory', memoryStorage())
const schema = 'bench_http'
await schemaDropped(url, schema)
await run('postgres', postgres({ url, schema }))
await schemaDropped(url, schema)
