import type { Context } from '../../context.js'
import { type AttemptLog, createAttemptLog } from './attempt-log.js'
import { createLanes, type Lanes } from './lanes.js'
import { RIDE_MS } from './ride.js'

/** What a process delivers callbacks with. */
export interface Delivery {
  readonly ctx: Context
  readonly lanes: Lanes
  readonly attempts: AttemptLog
  /** Ends posts that are still on their way when the drain time is over. */
  readonly signal: AbortSignal
  readonly stopping: () => boolean
}

export function createDelivery(
  ctx: Context,
  life: { readonly signal: AbortSignal; readonly soon: AbortSignal; readonly freed: () => void },
): Delivery {
  const lanes = createLanes(ctx, life.freed)
  life.soon.addEventListener('abort', () => lanes.look(), { once: true })
  return { ctx, lanes, attempts: createAttemptLog(ctx), signal: life.signal, stopping: () => life.soon.aborted }
}

/** A row's lease: longer than its ride with the last callback of it, and time to store what became of it. */
export const rowLeaseMs = ({ policy }: Context): number =>
  Math.max(policy.leaseMs, RIDE_MS + policy.callbackTimeoutMs + 20_000)
