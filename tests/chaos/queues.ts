import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { inProcessQueue } from '@mailwright/adapters/queue/in-process'
import type { Queue } from '@mailwright/core'
import type { Place } from './scenarios/scenario.js'

/** Which doorbell a process rings, as data for another process; the scenarios must hold on each. */
export type QueueOrder =
  | { readonly name: 'in-process' }
  | { readonly name: 'bullmq'; readonly url: string; readonly prefix: string }

let installations = 0

/** By the name `npm run chaos -- --queue` takes; each scenario rings under a prefix of its own. */
export const queueOrders: Readonly<Record<string, (place: Place) => QueueOrder | undefined>> = {
  none: () => undefined,
  'in-process': () => ({ name: 'in-process' }),
  bullmq: ({ redisUrl }) => {
    if (redisUrl === null) throw new Error('No Redis: set REDIS_URL, or install redis-server.')
    installations += 1
    return { name: 'bullmq', url: redisUrl, prefix: `chaos-${process.pid}-${installations}` }
  },
}

export function openQueue(order: QueueOrder | undefined): Queue | null {
  if (order === undefined) return null
  return order.name === 'bullmq' ? bullmq({ url: order.url, prefix: order.prefix }) : inProcessQueue()
}
