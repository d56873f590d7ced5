import type { Instant } from './clock.js'
import type { Finding } from './finding.js'

/** A ring of the doorbell. Carries ids only: losing or doubling one loses or doubles no mail. */
export interface Job {
  readonly id: string
  readonly kind: string
  readonly ref: string
  /** Ring at or after this instant. One that is long past (0) rings at once, however wrong this machine's clock is. */
  readonly runAt: Instant
}

export interface Consumer {
  /** Stops taking jobs; resolves when the running handlers have ended. */
  stop(): Promise<void>
}

/**
 * A doorbell: rings at least once per job, at or after `runAt`, for one of those who listen. May forget (durable: false); must not invent. A job of the id
 * of one that waits for the same instant may be merged with it; never with one whose handler has been called.
 */
export interface Queue {
  readonly name: string
  readonly capabilities: {
    /** What was rung outlives every process. */
    readonly durable: boolean
    /** Jobs published in one process ring in others. */
    readonly shared: boolean
  }
  /** Rejects, after seconds at most, if the jobs could not be handed over. */
  publish(jobs: readonly Job[]): Promise<void>
  /** A handler that rejects is not a failed job: the sweep rings again. What the queue stands on may be away and come later. */
  consume(handler: (job: Job, signal: AbortSignal) => Promise<void>): Promise<Consumer>
  /** What is wrong with what the queue stands on, for `doctor()`. Answers, after seconds at most, also when that is away. */
  inspect(): Promise<readonly Finding[]>
  /** Waits up to `drainMs` for running handlers, then aborts their signal. */
  close(options: { readonly drainMs: number }): Promise<void>
}
