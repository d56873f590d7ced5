import { AUTOMATIC, type BlockEntry, type InvalidView, statusOf } from '../../domain/suppression/index.js'
import type { Instant } from '../../ports/clock.js'

/** One row of the account's own blocklist (BLK-4). */
export interface CustomView {
  /** An address, or `@` and a domain. */
  readonly target: string
  readonly startsAt: Instant
  /** null: no end. */
  readonly endsAt: Instant | null
  readonly status: 'coming' | 'active' | 'expired'
  /** Made by the service itself for a full mailbox, not by somebody. */
  readonly automatic: boolean
  readonly reason: string
  readonly createdAt: Instant
}

/** An address that this account's own sending has put on the invalid list. */
export interface TriggeredView {
  readonly address: string
  readonly reason: string
  readonly at: Instant
  readonly releaseAt: Instant | null
  readonly status: 'active' | 'expired'
}

export interface RejectView {
  /** The sender domain that may not write to the address any more. */
  readonly senderDomain: string
  readonly reason: string
  readonly at: Instant
}

/** Everything the account may know of one address (BLK-2). */
export interface BlockLookup {
  /** As asked for. */
  readonly address: string
  /** null: not on the invalid list now. */
  readonly invalid: InvalidView | null
  readonly whitelisted: boolean
  /** The account's own rows for the address, for its whole domain and for the domains above. */
  readonly custom: readonly CustomView[]
  readonly rejects: readonly RejectView[]
}

export function customView(entry: BlockEntry, now: Instant): CustomView {
  const { key: target, scope, startsAt, endsAt, reason, createdAt } = entry
  return { target, startsAt, endsAt, status: statusOf(entry, now), automatic: scope === AUTOMATIC, reason, createdAt }
}

export function triggeredView(entry: BlockEntry, now: Instant): TriggeredView {
  const { key: address, reason, startsAt: at, endsAt: releaseAt } = entry
  return { address, reason, at, releaseAt, status: statusOf(entry, now) === 'expired' ? 'expired' : 'active' }
}
