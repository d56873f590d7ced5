import type { MailEvent } from '../use-cases/mail-event.js'
import type { Unsubscribes } from '../use-cases/unsubscribe.js'
import type { Account } from './account.js'
import type { EnsureInput } from './ensure.js'
import type { TickResult } from './worker.js'

export interface Health {
  readonly ok: boolean
  readonly storage: 'up' | 'down'
  /** Why nothing is being handed over just now, or null. */
  readonly transport: string | null
  readonly worker: 'running' | 'off' | 'stopped'
}

/** One thing the operator should know, with what to do about it. */
export interface Finding {
  readonly level: 'warning' | 'error'
  readonly code: string
  readonly message: string
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
  tick(options?: { readonly maxMs?: number }): Promise<TickResult>
  health(): Promise<Health>
  doctor(): Promise<readonly Finding[]>
  /** Hears what this process has stored; returns the way to stop listening. */
  on(type: MailEvent['type'], listener: (event: MailEvent) => void): () => void
  account(id: string): Account
  /** What the public unsubscribe link does; no account, the token says it all. */
  readonly unsubscribes: Unsubscribes
}
