import { on, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type MailService } from '@mailwright/core'
import { createHttpHandler, nodeListener } from '@mailwright/http'
import { csv, HTML, SUBJECT, TRIGGER_FROM, triggerMail } from './mail.js'
import { type Measured, measure } from './measure.js'
import { type Calls, openLoop } from './open-loop.js'
import { schemaDropped } from './postgres-figures.js'

/** What `trigger.ts` orders; each order has one answer. */
export type Order =
  /** Batches of another account, one after the other from now on; answered when the first has begun to leave. */
  | { readonly type: 'batches' }
  | { readonly type: 'no more batches' }
  /** Sends from within this process; answered with what `openLoop` gives. */
  | { readonly type: 'calls'; readonly calls: Calls }
  | { readonly type: 'measure' }
  /** Answered with what was measured since. */
  | { readonly type: 'measured' }
  | { readonly type: 'stop' }

export interface ServerFigures extends Pick<Measured, 'loopDelayP99Ms' | 'peakRssMiB'> {
  readonly cpuSeconds: number
}

const TENANT = 'news'
const TENANT_FROM = 'hello@m.news.example'
const POLL_MS = 50
const ROWS_PER_FILE = 10_000
const [storage = '', smtpUrl = '', batchRows = '0', dkim = '', schema = '', url = ''] = process.argv.slice(2)
const template = { name: 'voucher', subject: SUBJECT, html: HTML }

async function prepare(mail: MailService): Promise<void> {
  await mail.ensure({
    domains: [{ name: 'm.bench.example', trust: 'operator' }],
    senders: [{ address: TRIGGER_FROM }],
    templates: [template],
  })
  const tenant = mail.account(TENANT)
  await tenant.domains.create({ name: 'm.news.example', trust: 'operator' })
  await tenant.senders.create({ address: TENANT_FROM })
  await tenant.templates.create({ ...template, type: 'html' })
  await tenant.groups.create({ name: 'readers' })
  const rows = Number(batchRows)
  for (let from = 0; from < rows; from += ROWS_PER_FILE)
    await tenant.groups.importCsv('readers', csv(from, Math.min(rows, from + ROWS_PER_FILE)))
}

/** Batches of the tenant, the next one when the last is done, until they are ended. */
function batchesOf(mail: MailService) {
  const { tasks } = mail.account(TENANT)
  let ended = false
  let begun = () => {}
  const first = new Promise<void>((resolve) => {
    begun = resolve
  })
  const run = async () => {
    while (!ended) {
      const { id } = await tasks.create({ type: 'immediate', from: TENANT_FROM, template: 'voucher', group: 'readers' })
      for (;;) {
        const task = await tasks.get(id)
        if (task.delivered > 0) begun()
        if (task.state === 'done') break
        if (task.state === 'failed' || task.state === 'paused') throw new Error(JSON.stringify(task))
        if (ended) {
          await tasks.cancel(id)
          return
        }
        await delay(POLL_MS)
      }
    }
  }
  const over = run()
  return {
    begun: Promise.race([first, over]),
    end: () => {
      ended = true
      return over
    },
  }
}

/** Measures from now until the answer is asked for. */
function measuring() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const asOneMail = measure(1, () => ended)
  return async (): Promise<ServerFigures> => {
    end()
    const { cpuSecondsPer10k, loopDelayP99Ms, peakRssMiB } = await asOneMail
    return { cpuSeconds: cpuSecondsPer10k / 10_000, loopDelayP99Ms, peakRssMiB }
  }
}

/** Obeys one order after the other until it is to stop. */
async function obey(mail: MailService, port: number): Promise<void> {
  let batches: ReturnType<typeof batchesOf> | null = null
  let measured: ReturnType<typeof measuring> | null = null
  const follow = async (order: Order): Promise<unknown> => {
    switch (order.type) {
      case 'batches':
        batches = batchesOf(mail)
        return batches.begun
      case 'no more batches':
        return batches?.end()
      case 'calls':
        return openLoop(order.calls, (n) => mail.send(triggerMail(n)))
      case 'measure':
        measured = measuring()
        return null
      case 'measured':
        return measured?.()
      case 'stop':
        return null
      default:
        return order satisfies never
    }
  }
  const orders = on(process, 'message', { close: ['disconnect'] })
  process.send?.(port)
  for await (const [order] of orders as AsyncIterable<[Order]>) {
    process.send?.((await follow(order)) ?? null)
    if (order.type === 'stop') return
  }
}

const mail = await createMailService({
  storage: storage === 'memory' ? memoryStorage() : postgres({ url, schema }),
  transport: smtp({ url: smtpUrl, connections: 20 }),
  secret: 'only for the benchmark',
  dns: { dkim: dkim === 'true' ? 'ours' : 'transport' },
  publicUrl: 'https://bench.example/mail',
  policy: { startLevel: 20, rowsPerGroup: 1_000_000 },
})
try {
  await prepare(mail)
  await mail.start()
  const handler = createHttpHandler(mail, { authorize: () => ({ account: 'default', role: 'sender', actor: 'bench' }) })
  const server = createServer(nodeListener(handler)).listen(0, '127.0.0.1')
  // Longer than any pause between two phases, so that no call meets a connection that is just being closed.
  server.keepAliveTimeout = 120_000
  await once(server, 'listening')
  await obey(mail, (server.address() as AddressInfo).port)
} finally {
  await mail.stop({ drainMs: 1_000 })
  if (storage !== 'memory') await schemaDropped(url, schema)
}
process.exit(0)
