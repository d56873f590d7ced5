import { MailError } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { codeOf } from '../errors.js'
import { textArray } from '../text.js'

/** Whose transaction it is: ours for one bundle, ours for several that must not keep one another, or a host's, which waits as the host does. */
export type Asker = 'alone' | 'together' | 'host'

export type TakeTurns = (
  session: SqlSession,
  keys: readonly (readonly [string, string])[],
  asker: Asker,
) => Promise<void>

/** Milliseconds that neighbours wait for the one of them that has to wait. */
const togetherMs = 100

const locks = `select pg_advisory_xact_lock(turn) as one from (
  select distinct hashtextextended(name, 0) as turn from unnest($1::text[]) as names(name) order by 1) as turns`

/** The patience holds for these locks only. */
const boundedLocks = `with former as materialized (select current_setting('lock_timeout') as value),
  patient as materialized (select set_config('lock_timeout', $2::text, true) as value from former),
  taken as materialized (select pg_advisory_xact_lock(turn) as one from patient, (
    select distinct hashtextextended(name, 0) as turn from unnest($1::text[]) as names(name) order by 1) as turns)
  select set_config('lock_timeout', former.value, true) from former, (select count(*) from taken) as done`

/**
 * One after the other for each key. The first use of a key may stand in a host's open transaction for as long as that lasts; whoever met it at the
 * insert would wait with rows locked that everybody needs. So the turn is taken before anything else is locked. `keyWaitMs` null: no hosts.
 */
export const turnsOf = (s: string, keyWaitMs: number | null): TakeTurns => {
  if (keyWaitMs === null) return async () => undefined
  const waitMs = { alone: keyWaitMs, together: Math.min(togetherMs, keyWaitMs) }
  return async (session, keys, asker) => {
    if (keys.length === 0) return
    const names = textArray(keys.map(([account, key]) => `${s} once ${account.length} ${account}${key}`))
    try {
      if (asker === 'host') await session.query(locks, [names])
      else await session.query(boundedLocks, [names, String(waitMs[asker])])
    } catch (error) {
      if (codeOf(error) === '55P03') throw new MailError('IDEMPOTENCY_IN_PROGRESS', {})
      throw error
    }
  }
}
