import { nextKeyChangeAt, waitsForDns } from '../../domain/dkim-key/index.js'
import { nextCheckAt } from '../../domain/sender-domain/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import type { DomainData, Stored } from '../stored.js'
import { upkeepWork } from '../upkeep/upkeep-work.js'

export const CHECK_CHORE = 'domain-check'

const MINUTE = 60_000

/**
 * When the domain is looked at next: once a day at its own time, sooner while DNS does not answer or a rotation waits for it, and when a key retires. null:
 * nothing needs looking at, as with a domain that the operator trusts.
 */
export function nextLookAt(ctx: Pick<Context, 'policy'>, id: string, data: DomainData, now: Instant): Instant | null {
  const { trust, keys, rows } = data
  const waits = waitsForDns(keys) || (trust === 'dns' && rows.some((row) => row.required && row.status === 'unknown'))
  const times = [
    ...(trust === 'dns' ? [nextCheckAt(id, now)] : []),
    ...(waits ? [now + ctx.policy.recheckSoonMinutes * MINUTE] : []),
    nextKeyChangeAt(keys) ?? [],
  ].flat()
  return times.length > 0 ? Math.max(now, Math.min(...times)) : null
}

/** The domain's chore, due at the next look or sooner. */
export function checkWork(
  ctx: Pick<Context, 'policy'>,
  { id, account, data }: Pick<Stored<'domain'>, 'id' | 'account' | 'data'>,
  now: Instant,
): Change {
  const dueAt = nextLookAt(ctx, id, data, now) ?? now
  return { type: 'work.put', sooner: true, items: [upkeepWork({ name: CHECK_CHORE, of: id, account, dueAt })] }
}
