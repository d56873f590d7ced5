import type { Instant } from '../ports/clock.js'

/** What this process has just stored about one message. Callbacks reach everyone; this only listeners in the same process. */
export interface MailEvent {
  readonly type: 'delivered' | 'deferred' | 'bounced' | 'dropped' | 'failed' | 'expired' | 'cancelled'
  readonly account: string
  readonly message: string
  readonly task: string | null
  readonly recipient: string
  readonly at: Instant
  /** The raw reply, or the code of the refusal. */
  readonly reason: string
}
