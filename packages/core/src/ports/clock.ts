/** Epoch milliseconds, UTC. */
export type Instant = number

/** The only source of time. Several processes share the storage's time, so that their clocks agree. */
export interface Clock {
  /** The present instant. Never steps back within one process. */
  now(): Instant
  /** Resolves at or after `at`, or as soon as `signal` aborts; never rejects. */
  sleepUntil(at: Instant, signal: AbortSignal): Promise<void>
}
