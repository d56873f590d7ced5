import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import { type Moment, readMoment } from '../calendar/index.js'
import type { BlockEntry, BlockKind } from './block-entry.js'
import { blockKeyOf } from './lookup-keys.js'

const DAY = 86_400_000

/** What every new entry is made from. `key` is an address key (TRG-7). */
export interface EntryInput {
  readonly account: string
  readonly key: string
  /** Shown to the account, and for invalid addresses to all accounts: it must name nobody. */
  readonly reason: string
  readonly now: Instant
}

function entry(kind: BlockKind, input: EntryInput, more: Partial<BlockEntry> = {}): BlockEntry {
  const { account, key, reason, now } = input
  return { kind, account, key, scope: '', startsAt: now, endsAt: null, reason, createdAt: now, ...more }
}

/** BLK-1. One row per account; the latest bounce replaces the former row, so the days count from it. */
export function invalidEntry(input: EntryInput & { readonly releaseAfterDays?: number }): BlockEntry {
  return entry('invalid', input, { endsAt: input.now + (input.releaseAfterDays ?? 180) * DAY })
}

/** BLK-3: blocks one recipient for one sender domain, until it is lifted with a reason. */
export function rejectEntry(input: EntryInput & { readonly senderDomain: string }): BlockEntry {
  return entry('reject', input, { scope: input.senderDomain })
}

/** BLK-2: stays until removed. */
export function whitelistEntry(input: EntryInput): BlockEntry {
  return entry('whitelist', input)
}

/** The scope of custom rows that were made automatically, so that none takes the place of one that somebody made. */
export const AUTOMATIC = 'automatic'

/** The scope of invalid rows taken over from another service: they count for their own account only, because a file is no proof for others. */
export const IMPORTED = 'imported'

/** BLK-4: a full mailbox rests on the account's own list, where the account can modify it. */
export function mailboxFullEntry(input: EntryInput & { readonly blockForDays?: number }): BlockEntry {
  return entry('custom', input, { scope: AUTOMATIC, endsAt: input.now + (input.blockForDays ?? 7) * DAY })
}

export interface CustomTimes {
  readonly startsAt?: Moment
  /** Null: no end. An end in the past lifts at once. */
  readonly endsAt?: Moment | null
  /** Of times without an offset: `policy.timeZone`, an IANA name. */
  readonly timeZone: string
}

export interface CustomInput extends Omit<EntryInput, 'key'>, CustomTimes {
  /** An address, or a domain with or without `@` before it, as typed. */
  readonly target: string
}

/**
 * BLK-4: blocks an address or a whole domain for one account. Throws ADDRESS_INVALID or DOMAIN_NAME_INVALID for the target, and
 * INPUT_INVALID for a time that cannot be read or an end before the start given.
 */
export function customEntry(input: CustomInput): BlockEntry {
  return withTimes(entry('custom', { ...input, key: blockKeyOf(input.target) }), input)
}

/** BLK-4: moves start and end of any row, also of one blocked by itself; what is not given stays. Throws as `customEntry`. */
export function modifyEntry(current: BlockEntry, changes: CustomTimes & { readonly reason?: string }): BlockEntry {
  return { ...withTimes(current, changes), reason: changes.reason ?? current.reason }
}

function withTimes(current: BlockEntry, { startsAt, endsAt, timeZone }: CustomTimes): BlockEntry {
  const start = startsAt === undefined ? current.startsAt : readMoment('startsAt', startsAt, timeZone)
  const end = endsAt === undefined ? current.endsAt : endsAt === null ? null : readMoment('endsAt', endsAt, timeZone)
  // Only where both are given: an end in the past is how a row is lifted.
  if (startsAt !== undefined && endsAt !== undefined && end !== null && end < start) {
    throw new MailError('INPUT_INVALID', { field: 'endsAt', expected: 'an end after the start', nearest: start })
  }
  return { ...current, startsAt: start, endsAt: end }
}
