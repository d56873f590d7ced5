import type { DnsPurpose } from '../domain/sender-domain/index.js'
import type { Instant } from '../ports/clock.js'

/** What this process has just stored about one message. Callbacks reach everyone; this only listeners in the same process. */
export interface MailEvent {
  readonly type: 'delivered' | 'deferred' | 'bounced' | 'dropped' | 'failed' | 'expired' | 'cancelled' | 'complained'
  readonly account: string
  readonly message: string
  readonly task: string | null
  readonly recipient: string
  readonly at: Instant
  /** The raw reply, or the code of the refusal. */
  readonly reason: string
}

/** Mail is due and no worker of any process has been seen for a while: nobody drains it. */
export interface StalledEvent {
  readonly type: 'stalled'
  readonly at: Instant
  /** How long the oldest mail has been due. */
  readonly overdueMs: number
}

/** A callback's receiver answered 410: it is told nothing more until it is enabled or set again (CBK-4). */
export interface CallbackGoneEvent {
  readonly type: 'callback-gone'
  readonly at: Instant
  readonly account: string
  /** Id of the endpoint. */
  readonly callback: string
}

/** What DNS says about a verified domain has changed (DOM-9). */
export interface DomainHealthEvent {
  readonly type: 'domain-health'
  readonly account: string
  /** Id and name. */
  readonly domain: string
  readonly name: string
  readonly ok: boolean
  /** Which rows of the checklist fail. */
  readonly failing: readonly DnsPurpose[]
  /** When the first of them was seen failing; null if all is well. */
  readonly since: Instant | null
  readonly at: Instant
}

/** What `on` takes, by type. */
export interface ServiceEvents extends Readonly<Record<MailEvent['type'], MailEvent>> {
  readonly stalled: StalledEvent
  readonly 'callback-gone': CallbackGoneEvent
  readonly 'domain-health': DomainHealthEvent
}
export type ServiceEvent = ServiceEvents[keyof ServiceEvents]
