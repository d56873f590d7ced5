import type { Instant } from './clock.js'

/** A ring of the doorbell. Carries ids only: losing or doubling one loses or doubles no mail. */
export interface Job {
  readonly id: string
  readonly kind: string
  readonly ref: string
  /** Ring at or after this instant. */
  readonly runAt: Instant
}

export interface Consumer {
  /** Stops taking jobs; resolves when the running handlers have ended. */
  stop(): Promise<void>
}

/** A doorbell: rings at least once per job, at or after `runAt`. May forget (durable: false); must not invent. */
export interface Queue {
  readonly name: string
  readonly capabilities: { readonly durable: boolean; readonly shared: boolean }
  publish(jobs: readonly Job[]): Promise<void>
  /** A handler that rejects is not a failed job: the sweep rings again. */
  consume(handler: (job: Job, signal: AbortSignal) => Promise<void>): Promise<Consumer>
  /** Waits up to `drainMs` for running handlers, then aborts their signal. */
  close(options: { readonly drainMs: number }): Promise<void>
}
