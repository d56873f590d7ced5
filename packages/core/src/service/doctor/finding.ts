import type { Instant } from '../../ports/clock.js'
import type { Finding } from '../../ports/finding.js'
import type { Queue } from '../../ports/queue.js'
import type { Context } from '../../use-cases/context.js'

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
  readonly queue: Queue | null
  readonly redirected: boolean
}

/** One question to the installation. It reads and never writes. */
export type Check = (ctx: Context, seen: Seen) => Promise<readonly Finding[]> | readonly Finding[]
