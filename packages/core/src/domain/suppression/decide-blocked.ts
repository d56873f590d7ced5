import type { Instant } from '../../ports/clock.js'
import { type Block, type BlockEntry, isActive } from './block-entry.js'
import { IMPORTED } from './create-entry.js'
import { lookupKeys } from './lookup-keys.js'

/** For whom, and by which of the host's options, a block is decided. */
export interface BlockContext {
  readonly account: string
  readonly senderDomain: string
  readonly now: Instant
  /** BLK-1: whose bounces count for everybody. */
  readonly invalidScope: 'installation' | 'account'
  /** True for a trigger mail. */
  readonly trigger: boolean
  /** BLK-3: `non-trigger` lets trigger mail through to those who rejected the rest. */
  readonly rejectAppliesTo: 'all' | 'non-trigger'
}

/** `entries` are those found under the recipient's `lookupKeys`; rows of other accounts may be among them. */
export interface BlockQuestion extends BlockContext {
  readonly entries: readonly BlockEntry[]
}

const codeOf = {
  custom: 'CUSTOM_BLOCKED',
  invalid: 'INVALID_ADDRESS_BLOCKED',
  reject: 'RECIPIENT_REJECTED',
} as const satisfies Record<Block['by'], Block['code']>

/** The first list, in the order of TRG-5, that blocks the recipient now; null when none does. Expired rows never block. */
export function decideBlocked(question: BlockQuestion): Block | null {
  const { entries } = question
  if (entries.length === 0) return null
  const active = entries.filter((entry) => isActive(entry, question.now))
  // BLK-2: beats the invalid list, and nothing else.
  const whitelisted = active.some((entry) => entry.kind === 'whitelist' && entry.account === question.account)
  for (const by of ['custom', 'invalid', 'reject'] as const) {
    if (by === 'invalid' && whitelisted) continue
    const matching = active.filter((entry) => entry.kind === by && concerns(entry, question))
    if (matching.length > 0) return { by, until: lastEnd(matching), code: codeOf[by] }
  }
  return null
}

function concerns(entry: BlockEntry, context: BlockContext): boolean {
  const own = entry.account === context.account
  if (entry.kind === 'invalid') return countsAsInvalid(entry, context.account, context.invalidScope)
  if (entry.kind === 'custom') return own
  const applies = context.rejectAppliesTo === 'all' || !context.trigger
  return own && entry.scope === context.senderDomain && applies
}

/** BLK-1: the own rows, and under `installation` the bounces of all accounts. */
export function countsAsInvalid(
  entry: BlockEntry,
  account: string,
  invalidScope: BlockContext['invalidScope'],
): boolean {
  return entry.account === account || (invalidScope === 'installation' && entry.scope !== IMPORTED)
}

/** The end of the entry that lasts longest; null if one of them has none. */
export function lastEnd(entries: readonly BlockEntry[]): Instant | null {
  let last: Instant = Number.NEGATIVE_INFINITY
  for (const { endsAt } of entries) {
    if (endsAt === null) return null
    last = Math.max(last, endsAt)
  }
  return last
}

/**
 * The same decision for a whole chunk: indexes the rows of all its recipients once, then answers each in constant time (BLK-5).
 * The answer takes an address key, not an address.
 */
export function indexBlocks(
  entries: readonly BlockEntry[],
  context: BlockContext,
): (addressKey: string) => Block | null {
  if (entries.length === 0) return () => null
  const byKey = new Map<string, BlockEntry[]>()
  for (const entry of entries) {
    const rows = byKey.get(entry.key)
    if (rows === undefined) byKey.set(entry.key, [entry])
    else rows.push(entry)
  }
  return (addressKey) => {
    const found = lookupKeys(addressKey).flatMap((key) => byKey.get(key) ?? [])
    return found.length === 0 ? null : decideBlocked({ ...context, entries: found })
  }
}
