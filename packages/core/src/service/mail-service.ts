import type { Finding } from '../ports/finding.js'
import type { AuthenticateOptions, KeyHolder } from '../use-cases/api-keys/index.js'
import type { ServiceEvents } from '../use-cases/mail-event.js'
import type { RetentionRun } from '../use-cases/retention/retain.js'
import type { PublicTracking } from '../use-cases/tracking/public-tracking.js'
import type { Unsubscribes } from '../use-cases/unsubscribe.js'
import type { Account } from './account.js'
import type { EnsureInput } from './ensure.js'
import type { Ingest } from './ingest.js'
import type { Inbox } from './outbound/inbox.js'
import type { Parked } from './parked.js'
import type { TickResult } from './worker.js'

export interface Health {
  readonly ok: boolean
  /**
   * This process may be given requests: its storage answers and it is not stopping. A relay that is down makes it no less ready, since mail is accepted
   * and kept; nor does a worker that is off.
   */
  readonly ready: boolean
  readonly storage: 'up' | 'down'
  /** Why nothing is being handed over just now, or null. */
  readonly transport: string | null
  readonly worker: 'running' | 'off' | 'stopped'
  /** How long mail has been due that no worker of any process takes up; 0 while all is well. */
  readonly overdueMs: number
  /** The last round that removed what is older than it is kept, with how many of each; null: none yet, or nobody knows (DLV-4). */
  readonly retention: RetentionRun | null
}

/**
 * The service a host embeds. Its namespaces are those of the account `default`; `account(id)` has the same for any other. Every call that
 * stores something resolves after it is committed, and throws a MailError with nothing stored otherwise (REL-1, REL-4).
 */
export interface MailService extends Account {
  /** Idempotent set-up from code (HOST-1). */
  ensure(input: EnsureInput): Promise<void>
  /** Migrates the storage and starts the worker. Takes no signal handlers. */
  start(): Promise<void>
  /** Takes no new work, waits up to `drainMs` (default 30,000) for what is on its way, closes what it was given. */
  stop(options?: { readonly drainMs?: number }): Promise<void>
  /** Without a worker: handles what is due now, for serverless and cron. */
  tick(options?: { readonly maxMs?: number | undefined }): Promise<TickResult>
  health(): Promise<Health>
  /** What to mend before launch day, errors first; each finding says how. */
  doctor(): Promise<readonly Finding[]>
  /** Hears what this process has stored; returns the way to stop listening. */
  on<T extends keyof ServiceEvents>(type: T, listener: (event: ServiceEvents[T]) => void): () => void
  account(id: string): Account
  /**
   * Who holds this API key, of whatever account; null: nobody (ACC-3). One that is revoked opens nothing at once in this process, and for five seconds at most in
   * others. With `from`, a source of too many wrong keys a minute (`policy.apiKeyFailuresPerMinute`) is not listened to for the rest of it, except for keys
   * that were let in during the last seconds. @throws when the storage cannot say
   */
  authenticate(key: string, options?: AuthenticateOptions): Promise<KeyHolder | null>
  /** What `dev: true` kept instead of sending it; null otherwise (HOST-3). */
  readonly inbox: Inbox | null
  /** What the public unsubscribe link does; no account, the token says it all. */
  readonly unsubscribes: Unsubscribes
  /** What the pixel and the links of mails do. */
  readonly tracking: PublicTracking
  /** Work that was set aside because it cannot be done. */
  readonly parked: Parked
  /** What comes back: bounces, complaints, providers' events. */
  readonly ingest: Ingest
}
