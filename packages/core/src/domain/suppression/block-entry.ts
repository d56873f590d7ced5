import type { Instant } from '../../ports/clock.js'
import type { BlockRow } from '../../ports/rows.js'

/** One row of the blocklist as the storage keeps it; `account` of an invalid row is the account whose bounce triggered it. */
export type BlockEntry = BlockRow
export type BlockKind = BlockEntry['kind']

/** Why a recipient is not written to, and until when (null: until somebody lifts it). */
export interface Block {
  readonly by: 'custom' | 'invalid' | 'reject'
  readonly until: Instant | null
  readonly code: 'CUSTOM_BLOCKED' | 'INVALID_ADDRESS_BLOCKED' | 'RECIPIENT_REJECTED'
}

/** What an entry does at `now`. The clock releases it at read time; nothing has to be purged for that (BLK-1, BLK-4). */
export function statusOf(
  entry: Pick<BlockEntry, 'startsAt' | 'endsAt'>,
  now: Instant,
): 'coming' | 'active' | 'expired' {
  if (entry.endsAt !== null && entry.endsAt <= now) return 'expired'
  return entry.startsAt <= now ? 'active' : 'coming'
}

/** From its start on, the end excluded. */
export function isActive(entry: Pick<BlockEntry, 'startsAt' | 'endsAt'>, now: Instant): boolean {
  return statusOf(entry, now) === 'active'
}
