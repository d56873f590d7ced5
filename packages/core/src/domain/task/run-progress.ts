import type { TaskStanding } from './states.js'

/** Counts of messages of one run, each message once; retries do not add to them. */
export interface RunCounts {
  /** Rows frozen at the start. */
  readonly rows: number
  readonly handedOver: number
  /** Turned down by a gate before any attempt. */
  readonly refused: number
  /** Given up without a hand-over: failed, cancelled, expired. */
  readonly failed: number
}

/** From 0 to 1: (handed over + refused + failed) ÷ rows. A run without rows is through (TSK-3). */
export function progress({ rows, handedOver, refused, failed }: RunCounts): number {
  return rows === 0 ? 1 : Math.min(1, (handedOver + refused + failed) / rows)
}

/** What the task list shows of a run (TSK-3). */
export interface RunFigures {
  readonly requests: number
  readonly sent: number
  readonly cached: number
  readonly delivered: number
  readonly failed: number
  /** From 0 to 1. */
  readonly progress: number
}

/** `granted` is the sum over the lanes; rows not granted are the cached ones, so parking them costs no write. */
export function runFigures(run: RunCounts & { readonly granted: number; readonly delivered: number }): RunFigures {
  return {
    requests: run.rows,
    sent: run.handedOver,
    cached: Math.max(0, run.rows - run.granted),
    delivered: run.delivered,
    failed: run.failed,
    progress: progress(run),
  }
}

export interface RunFacts {
  readonly rows: number
  /** Rows given out, whether or not they have been sent. */
  readonly granted: number
  /** Work rows of the run that are not finished: chunks, retries, stragglers. */
  readonly open: number
  /** Mails the domain may still be granted today. */
  readonly allowance: number
  readonly operatorPaused: boolean
  readonly domainBlocked: boolean
  /** The provider has stopped taking our mail until somebody acts. */
  readonly providerStopped?: boolean
}

/**
 * The state the task of a run shows now. Done needs no row cached, granted or in flight (TSK-3), whatever else holds; else
 * the operator's pause comes first, because only he ends it; with nothing but cached rows and no allowance it is paused (TSK-6).
 */
export function settleRun(run: RunFacts): TaskStanding {
  const cached = run.rows - run.granted
  if (cached <= 0 && run.open === 0) return { state: 'done' }
  if (run.operatorPaused) return { state: 'paused', reason: 'operator' }
  if (run.providerStopped) return { state: 'paused', reason: 'provider' }
  if (run.domainBlocked && cached > 0) return { state: 'paused', reason: 'domain-blocked' }
  if (run.open > 0 || run.allowance > 0) return { state: 'sending' }
  return { state: 'paused', reason: 'daily-limit' }
}
