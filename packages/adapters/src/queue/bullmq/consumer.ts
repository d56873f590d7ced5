import type { Consumer, Queue } from '@mailwright/core'
import type { Job as BullJob } from 'bullmq'
import { calmed } from './calmed.js'
import type { Peers } from './load-peers.js'
import type { Place } from './publisher.js'
import { consumerClient } from './redis-clients.js'
import { isRing, type RingData } from './ring-job.js'

type Handler = Parameters<Queue['consume']>[0]

/** After the handlers have ended, how long BullMQ may take to say so to Redis. */
const FAREWELL_MS = 1_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref())

/** One BullMQ worker, whose jobs do nothing but ring. */
export const createConsumer = (
  peers: Peers,
  { address, prefix, name }: Place,
  {
    handler,
    concurrency,
    signal,
  }: { readonly handler: Handler; readonly concurrency: number; readonly signal: AbortSignal },
): Consumer => {
  const running = new Set<Promise<void>>()
  const { client, disconnect } = consumerClient(peers, address, () => undefined)

  const ring = async (job: BullJob<RingData>): Promise<void> => {
    // Before the handler looks for work: whatever is rung from here on rings once more.
    await job.removeDeduplicationKey().catch(() => undefined)
    if (!isRing(job.data)) return
    const { id, kind, ref, runAt } = job.data
    const handled = Promise.resolve(handler({ id, kind, ref, runAt }, signal)).catch(() => undefined)
    running.add(handled)
    await handled
    running.delete(handled)
  }

  const worker = new peers.bullmq.Worker<RingData>(name, ring, {
    connection: client,
    prefix,
    concurrency,
    skipVersionCheck: true,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    runRetryDelay: 1_000,
  })
  calmed(worker)

  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    const closed = worker.close().catch(() => undefined)
    await Promise.race([closed, handlersEnded().then(() => pause(FAREWELL_MS))])
    disconnect()
  }
  /** Also those that begin while others are waited for. */
  const handlersEnded = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running)
  }

  return {
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
