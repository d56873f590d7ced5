import { fromPg } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type MailServiceOptions } from '@mailwright/core'
import pg from 'pg'
import { shiftedClock } from './shifted-clock.js'

/** What the test tells a worker. It starts when it is told to, so that the next one can be warm when one is killed. */
export type ToWorker =
  | {
      readonly type: 'go'
      readonly postgresUrl: string
      readonly schema: string
      readonly smtpPort: number
      readonly offsetMs: number
      readonly policy: NonNullable<MailServiceOptions['policy']>
    }
  /** Its clock goes on from here. */
  | { readonly type: 'shift'; readonly offsetMs: number }
  | { readonly type: 'stop' }

export type FromWorker = { readonly type: 'warm' | 'going' } | { readonly type: 'problem'; readonly what: string }

const tell = (message: FromWorker): void => {
  process.send?.(message)
}

async function go(order: Extract<ToWorker, { type: 'go' }>): Promise<void> {
  let { offsetMs } = order
  const pool = new pg.Pool({ connectionString: order.postgresUrl, max: 6 })
  const mail = await createMailService({
    storage: fromPg(pool, { schema: order.schema }),
    transport: smtp({ url: `smtp://127.0.0.1:${order.smtpPort}`, connections: 20 }),
    clock: shiftedClock(() => offsetMs),
    secret: 'a secret only for the tests',
    policy: order.policy,
    logger: {
      log(level, event, fields) {
        if (level === 'error') tell({ type: 'problem', what: `${event} ${JSON.stringify(fields)}` })
      },
    },
  })
  await mail.start()
  tell({ type: 'going' })
  process.on('message', async (message: ToWorker) => {
    if (message.type === 'shift') offsetMs = message.offsetMs
    if (message.type !== 'stop') return
    await mail.stop({ drainMs: 10_000 })
    await pool.end()
    process.disconnect()
  })
}

process.once('message', (message: ToWorker) => {
  if (message.type === 'go') void go(message)
})
// An orphan ends itself: the test that started it is gone.
process.on('disconnect', () => process.exit())
tell({ type: 'warm' })
