import type { QueuePoint } from '@mailwright/core'

type Figures = Omit<QueuePoint, 'at'>

/** All minutes together. */
export function totalOf(series: readonly QueuePoint[]): Figures {
  const total = { sent: 0, delivered: 0, deferred: 0, bounced: 0, rejected: 0 }
  for (const point of series) {
    total.sent += point.sent
    total.delivered += point.delivered
    total.deferred += point.deferred
    total.bounced += point.bounced
    total.rejected += point.rejected
  }
  return total
}
