import type { Instant } from '../../ports/clock.js'
import type { Context } from '../../use-cases/context.js'

/** One thing the operator should know, and what to do about it. */
export interface Finding {
  readonly level: 'warning' | 'error'
  /** Stable, upper snake case. */
  readonly code: string
  readonly message: string
  readonly fix: string
  /** Which: ids and names, never a person's address. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** What this process has seen, beside what is stored. */
export interface Seen {
  /** Why nothing is handed over just now. */
  readonly trouble: string | null
  readonly clockTrusted: boolean
  /** Whether the service measures the storage's clock itself. */
  readonly clockShared: boolean
  readonly overdueMs: number
  readonly now: Instant
  readonly systemNow: Instant
  readonly hasQueue: boolean
  readonly redirected: boolean
}

/** One question to the installation. It reads and never writes. */
export type Check = (ctx: Context, seen: Seen) => Promise<readonly Finding[]> | readonly Finding[]
