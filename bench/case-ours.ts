import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { pglite, postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type Storage } from '@mailwright/core'
import { csv, HTML, SUBJECT } from './mail.js'
import { type Measured, measure } from './measure.js'
import { schemaDropped, walBytes } from './postgres-figures.js'

export interface OursFigures extends Measured {
  readonly walBytesPerMail: number | null
}

/** One batch through the product, all its own work on: gates, blocklist, limits, tallies, states. */
export async function ours(
  storageName: string,
  transportName: string,
  dkim: boolean,
  mails: number,
  smtpUrl: string,
  postgresUrl: string,
): Promise<OursFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'mailwright-bench-'))
  const schema = `bench_${process.pid}`
  const storages: Record<string, () => Storage> = {
    memory: () => memoryStorage(),
    pglite: () => pglite(join(dir, 'store')),
    postgres: () => postgres({ url: postgresUrl, schema }),
  }
  const storage = storages[storageName]?.()
  if (!storage) throw new Error(`no storage ${storageName}`)
  const transport =
    transportName === 'capture'
      ? captureTransport({ keep: false, capabilities: { concurrency: 100 } })
      : smtp({ url: smtpUrl, connections: 20 })
  const mail = await createMailService({
    storage,
    transport,
    secret: 'only for the benchmark',
    dns: { dkim: dkim ? 'ours' : 'transport' },
    publicUrl: 'https://bench.example/mail',
    policy: { startLevel: 20 },
  })
  try {
    await mail.ensure({
      domains: [{ name: 'mail.bench.example', trust: 'operator' }],
      senders: [{ address: 'hello@mail.bench.example', name: 'Bench' }],
      templates: [{ name: 'voucher', subject: SUBJECT, html: HTML }],
    })
    await mail.groups.create({ name: 'readers' })
    for (let from = 0; from < mails; from += 10_000)
      await mail.groups.importCsv('readers', csv(from, Math.min(mails, from + 10_000)))
    const before = storageName === 'postgres' ? await walBytes(postgresUrl) : 0
    const figures = await measure(mails, async () => {
      const { id } = await mail.tasks.create({
        type: 'immediate',
        from: 'hello@mail.bench.example',
        template: 'voucher',
        group: 'readers',
      })
      await mail.start()
      for (;;) {
        const task = await mail.tasks.get(id)
        if (task.state === 'done') {
          if (task.delivered !== mails) throw new Error(`${task.delivered} of ${mails} delivered`)
          return
        }
        if (task.state === 'failed' || task.state === 'paused') throw new Error(JSON.stringify(task))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
    const wal = storageName === 'postgres' ? Math.round(((await walBytes(postgresUrl)) - before) / mails) : null
    return { ...figures, walBytesPerMail: wal }
  } finally {
    await mail.stop({ drainMs: 1_000 })
    if (storageName === 'postgres') await schemaDropped(postgresUrl, schema)
    rmSync(dir, { recursive: true, force: true })
  }
}
