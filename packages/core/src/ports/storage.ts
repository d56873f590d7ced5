import type { Bundle, BundleResult } from './changes.js'
import type { Instant } from './clock.js'
import type { StorageReads } from './reads.js'
import type { Work } from './rows.js'

export interface StorageCapabilities {
  /** What was applied survives the end of the process. */
  readonly durable: boolean
  /** Several processes may use it at once. */
  readonly concurrentWriters: boolean
  /** `apply` accepts the host's own open transaction. */
  readonly callerTransaction: boolean
}

export interface Claim {
  readonly kinds: readonly string[]
  readonly now: Instant
  readonly leaseUntil: Instant
  /** A lease that ended at or before this instant may be taken over: `now` less the margin for clocks that differ. */
  readonly expiredBefore: Instant
  /** Fresh for every claim; the holder proves itself by it. */
  readonly token: string
  readonly limit: number
  /** Lanes that are paused or full. */
  readonly exceptLanes: readonly string[]
}

/** The host's own database transaction, opaque to core. */
export type CallerTx = unknown

/**
 * Holds every fact the service knows. All times come from the caller: an adapter reads a clock only in `time`.
 * The adapter knows only: lock, compare, add, OR, insert-if-absent, order by number. What it means, core decides.
 */
export interface Storage {
  readonly name: string
  readonly capabilities: StorageCapabilities
  /** Brings the schema up to date. Safe when several processes start at once and when it is killed in between. */
  migrate(): Promise<void>
  /** Epoch milliseconds: the clock of all processes that share this storage. */
  time(): Promise<Instant>
  /**
   * Applies each bundle all-or-none, in order, a later one seeing the earlier ones; all are committed together and each is answered on its own.
   * A refusal changes nothing and is a result, not an exception. Concurrent calls behave as if one came after the other
   * for everything they both touch; serialisation failures and deadlocks are retried inside. When it rejects, nothing was applied, except
   * that a connection lost during commit leaves it open which (the caller repeats: every change is safe to repeat under its guards).
   * A key (`once`) whose first use stands in somebody's open transaction is waited for, holding nothing that others need, and not for long.
   * @throws STORAGE_UNAVAILABLE, STORAGE_FULL, ADAPTER_FAILED; IDEMPOTENCY_IN_PROGRESS; NOT_SUPPORTED for `tx` without the capability.
   */
  apply(bundles: readonly Bundle[], options?: { readonly tx?: CallerTx }): Promise<readonly BundleResult[]>
  /** Leases due work by (rank, dueAt, id). Until its lease ends no other claim returns it, whoever asks at the same time. */
  claim(request: Claim): Promise<readonly Work[]>
  readonly read: StorageReads
  /** Ends connections it opened itself. Further calls reject. */
  close(): Promise<void>
}
