import { postgres } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type MailService, type MailServiceOptions, type Transport } from '@mailwright/core'
import { type Answer, answersOf, type Call } from './calls.js'
import { openQueue, type QueueOrder } from './queues.js'
import { shiftedClock } from './shifted-clock.js'

/** What the test tells a worker. It starts when it is told to, so that the next one can be warm when one is killed. */
export type ToWorker =
  | {
      readonly type: 'go'
      readonly postgresUrl: string
      readonly schema: string
      readonly smtpPort: number
      /** What the system's time is moved by; null: the clock of the product, which follows the database. */
      readonly offsetMs: number | null
      readonly policy: NonNullable<MailServiceOptions['policy']>
      /** Left out: no queue, each process rings for itself. */
      readonly queue?: QueueOrder
      /** How long it waits for the database to answer; left out: the default. */
      readonly answerMs?: number
      /** false: it only answers calls. */
      readonly worker?: boolean
      /** Given, it sends from them, and tells what leaves when. */
      readonly dedicatedIps?: readonly { readonly ip: string; readonly ehlo: string }[]
    }
  /** Its clock goes on from here. */
  | { readonly type: 'shift'; readonly offsetMs: number }
  /** All at once; answered together. */
  | { readonly type: 'call'; readonly id: number; readonly calls: readonly Call[] }
  /** Blocks its event loop. */
  | { readonly type: 'block'; readonly ms: number }
  | { readonly type: 'stop' }

/** A mail that was given to the transport; '' is the shared pool. */
export interface Left {
  readonly source: string
  readonly to: string
  readonly at: number
}

export type FromWorker =
  | { readonly type: 'warm' | 'going' }
  | { readonly type: 'problem'; readonly what: string }
  | { readonly type: 'answered'; readonly id: number; readonly answers: readonly Answer[] }
  | ({ readonly type: 'left' } & Left)

const tell = (message: FromWorker): void => {
  process.send?.(message)
}

/** Notes the instant at which each mail is handed over. */
const noting = (transport: Transport): Transport => ({
  ...transport,
  send(request, signal) {
    const [to = ''] = request.envelope.to
    tell({ type: 'left', source: request.route?.ip ?? '', to, at: performance.timeOrigin + performance.now() })
    return transport.send(request, signal)
  },
})

const transportOf = ({ smtpPort, dedicatedIps }: Extract<ToWorker, { type: 'go' }>): Transport => {
  const url = `smtp://127.0.0.1:${smtpPort}`
  return dedicatedIps ? noting(smtp({ url, connections: 20, sourceAddress: true })) : smtp({ url, connections: 20 })
}

const orphaned = (): void => process.exit()

/** Ends by itself, with nothing left open: a handle that keeps it alive would show. */
async function stop(mail: MailService): Promise<void> {
  await mail.stop({ drainMs: 10_000 })
  process.off('disconnect', orphaned)
  process.removeAllListeners('message')
  process.disconnect()
}

async function go(order: Extract<ToWorker, { type: 'go' }>): Promise<void> {
  let { offsetMs } = order
  const queue = openQueue(order.queue)
  const mail = await createMailService({
    storage: postgres({
      url: order.postgresUrl,
      schema: order.schema,
      maxConnections: 6,
      ...(order.answerMs === undefined ? {} : { answerMs: order.answerMs }),
    }),
    transport: transportOf(order),
    ...(order.dedicatedIps ? { dedicatedIps: [...order.dedicatedIps] } : {}),
    ...(offsetMs === null ? {} : { clock: shiftedClock(() => offsetMs ?? 0) }),
    ...(queue === null ? {} : { queue }),
    secret: 'a secret only for the tests',
    policy: order.policy,
    worker: order.worker ?? true,
    logger: {
      log(level, event, fields) {
        if (level === 'error') tell({ type: 'problem', what: `${event} ${JSON.stringify(fields)}` })
      },
    },
  })
  await mail.start()
  process.on('message', async (message: ToWorker) => {
    if (message.type === 'shift') offsetMs = message.offsetMs
    if (message.type === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, message.ms)
    if (message.type === 'call')
      tell({ type: 'answered', id: message.id, answers: await answersOf(mail, message.calls) })
    if (message.type === 'stop') await stop(mail)
  })
  process.once('SIGTERM', () => void stop(mail))
  tell({ type: 'going' })
}

process.once('message', (message: ToWorker) => {
  if (message.type === 'go') void go(message)
})
// An orphan ends itself: the test that started it is gone.
process.on('disconnect', orphaned)
tell({ type: 'warm' })
