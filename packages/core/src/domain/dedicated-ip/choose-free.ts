import type { Instant } from '../../ports/clock.js'
import { isFree, type KeptState } from './standing.js'

interface PoolIp {
  readonly state: KeptState
  readonly coolUntil: Instant | null
}

/**
 * Free addresses in the order in which they should be given out: those never used, then those that have rested longest. `random` (0 to 1) turns the
 * never used ones, so that processes that choose at the same time do not all reach for the same.
 */
export function freeInOrder<T extends PoolIp>(pool: readonly T[], now: Instant, random: number): readonly T[] {
  const free = pool.filter((one) => isFree(one, now))
  const unused = free.filter(({ coolUntil }) => coolUntil === null)
  const rested = free.filter(({ coolUntil }) => coolUntil !== null)
  const turn = Math.floor(random * unused.length)
  return [
    ...unused.slice(turn),
    ...unused.slice(0, turn),
    ...rested.sort((a, b) => (a.coolUntil ?? 0) - (b.coolUntil ?? 0)),
  ]
}
