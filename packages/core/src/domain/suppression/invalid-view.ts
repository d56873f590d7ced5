import type { Instant } from '../../ports/clock.js'
import { type BlockEntry, isActive } from './block-entry.js'
import { countsAsInvalid, lastEnd } from './decide-blocked.js'

/** What an account may know of an invalid address: never which other account's mail bounced (BLK-2). */
export interface InvalidView {
  /** 'you' as soon as one of the rows is the caller's. */
  readonly triggeredBy: 'you' | 'another'
  /** A row of another account lives too: removing one's own does not free the address, whitelisting does. */
  readonly alsoAnother: boolean
  readonly reason: string
  /** When the bounce shown came. */
  readonly at: Instant
  /** When the last row ends (180 days after the latest bounce). */
  readonly releaseAt: Instant | null
  /** The caller whitelisted it: it is written to although it is on the list. */
  readonly whitelisted: boolean
}

/**
 * Answer of a lookup for one address: null when it is not on the list now. Under `invalidScope: 'account'` the rows of others do
 * not exist for the caller.
 */
export function invalidView(
  entries: readonly BlockEntry[],
  account: string,
  now: Instant,
  invalidScope: 'installation' | 'account' = 'installation',
): InvalidView | null {
  const active = entries.filter((entry) => isActive(entry, now))
  const living = active.filter((entry) => entry.kind === 'invalid' && countsAsInvalid(entry, account, invalidScope))
  const own = living.filter((entry) => entry.account === account)
  const shown = latest(own) ?? latest(living)
  if (shown === null) return null
  return {
    triggeredBy: own.length > 0 ? 'you' : 'another',
    alsoAnother: own.length > 0 && living.length > own.length,
    reason: shown.reason,
    at: shown.startsAt,
    releaseAt: lastEnd(living),
    whitelisted: active.some((entry) => entry.kind === 'whitelist' && entry.account === account),
  }
}

function latest(entries: readonly BlockEntry[]): BlockEntry | null {
  return entries.reduce<BlockEntry | null>(
    (best, entry) => (best === null || entry.startsAt > best.startsAt ? entry : best),
    null,
  )
}
