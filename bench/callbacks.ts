import { fork } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService, type Storage } from '@mailwright/core'
import { ask, heard } from './ask.js'
import { schemaDropped } from './postgres-figures.js'

/**
 * CBK-4: so many events (default 10,000) to 100 endpoints over HTTP, ten of which are dead: a third refuses the connection, hangs or answers 500. A batch
 * for each endpoint's sender, all at once. Times are from the moment the transport takes a mail to the moment the receiver has its callback.
 */
const events = Number(process.argv[2] ?? 10_000)
const endpoints = 100
const dead = ['refuses', 'hangs', 'fails'] as const
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const domains = Array.from({ length: 10 }, (_, n) => `m${n}.bench.example`)
const senderOf = (n: number): string => `s${n}@${domains[n % domains.length]}`

/** Every tenth endpoint is dead. */
const pathOf = (n: number): string => (n % 10 === 9 ? (dead[Math.floor(n / 10) % dead.length] ?? 'fails') : 'well')

async function prepare(mail: MailService, port: number): Promise<void> {
  const template = { name: 'note', subject: 'A note', html: '<p>Hello {{name}}.</p>' }
  const senders = Array.from({ length: endpoints }, (_, n) => senderOf(n))
  await mail.ensure({
    domains: domains.map((name) => ({ name, trust: 'operator' })),
    senders: senders.map((address) => ({ address })),
    templates: [template],
  })
  for (const [n, sender] of senders.entries()) {
    const path = pathOf(n)
    const at = path === 'refuses' ? 1 : port
    await mail.callbacks.setSender({ sender, url: `http://127.0.0.1:${at}/${path}/${n}`, force: true })
    const rows = Array.from({ length: events / endpoints }, (_, row) => `r${row}@to${n}.example,Ann\n`)
    await mail.groups.create({ name: `g${n}` })
    await mail.groups.importCsv(`g${n}`, `email,name\n${rows.join('')}`)
  }
}

async function run(name: string, storage: Storage): Promise<Record<string, string | number>> {
  const receivers = fork(fileURLToPath(new URL('./receivers.ts', import.meta.url)))
  const port = await heard<number>(receivers)
  const handed = new Map<string, number>()
  const transport = captureTransport({
    keep: false,
    capabilities: { concurrency: 100 },
    answer: (_, to) => {
      handed.set(to, Date.now())
      return { type: 'accepted', remoteId: null, reply: null }
    },
  })
  const mail = await createMailService({
    storage,
    transport,
    secret: 'only for the benchmark',
    dns: { dkim: 'transport' },
    publicUrl: 'https://bench.example/mail',
    policy: { startLevel: 20, allowPrivateNetworks: true, callbackPorts: [1, port] },
  })
  try {
    await prepare(mail, port)
    const cpu = process.cpuUsage()
    const began = performance.now()
    for (let n = 0; n < endpoints; n += 1)
      await mail.tasks.create({ type: 'immediate', from: senderOf(n), template: 'note', group: `g${n}` })
    await mail.start()
    const wanted =
      (events / endpoints) *
      Array.from({ length: endpoints }, (_, n) => pathOf(n)).filter((path) => path === 'well').length
    while ((await ask<number>(receivers, 'count')) < wanted) {
      if (performance.now() - began > 120_000) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const seconds = (performance.now() - began) / 1_000
    const { user, system } = process.cpuUsage(cpu)
    const came = await ask<readonly (readonly [string, number])[]>(receivers, 'take')
    const waits = came.map(([email, at]) => at - (handed.get(email) ?? 0)).sort((a, b) => a - b)
    const at = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN
    return {
      storage: name,
      told: `${new Set(came.map(([email]) => email)).size} of ${wanted}`,
      'p50 ms': at(0.5),
      'p99 ms': at(0.99),
      'max ms': waits.at(-1) ?? Number.NaN,
      'events/s': Math.round(came.length / seconds),
      'CPU s': Number(((user + system) / 1e6).toFixed(1)),
    }
  } finally {
    await mail.stop({ drainMs: 0 })
    receivers.kill()
  }
}

const schema = `mailwright_bench_callbacks_${process.pid}`
const rows = [await run('memory', memoryStorage())]
try {
  rows.push(await run('Postgres', postgres({ url, schema })))
} finally {
  await schemaDropped(url, schema)
}
console.log(`${events} events to ${endpoints} endpoints, ${endpoints / 10} of them dead; times of the others`)
console.table(rows)
