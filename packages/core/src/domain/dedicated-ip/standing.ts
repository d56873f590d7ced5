import type { Instant } from '../../ports/clock.js'
import { daysBetween } from '../calendar/index.js'
import { LEVEL_LIMITS } from '../warm-up/index.js'

/** What is stored of an address of the inventory; `allocated` and `cooling` show as more than that (see poolState). */
export type KeptState = 'free' | 'allocated' | 'cooling' | 'retired'

/**
 * How an address of the inventory stands: `free` to be given out; `warming`, allocated and in the days of the level table; `allocated` and warm; `cooling`
 * after it was disabled; `retired`, no longer in the inventory and never given out.
 */
export type PoolState = KeptState | 'warming'

/** The first day in use is day 1 (DIP-7). Both days are calendar days of the policy's zone. */
export const dayInUse = (since: string, today: string): number => Math.max(1, daysBetween(since, today) + 1)

/** What a new IP may take on its n-th day: the figure of level n. null: it is warm and takes what comes (DIP-7). */
export const limitOnDay = (day: number): number | null => LEVEL_LIMITS[day - 1] ?? null

/** Its cool-down ends by the clock, at the moment somebody looks (DIP-5). */
export const isFree = (
  { state, coolUntil }: { readonly state: KeptState; readonly coolUntil: Instant | null },
  now: Instant,
): boolean => state === 'free' || (state === 'cooling' && (coolUntil ?? 0) <= now)

export function poolState(
  kept: { readonly state: KeptState; readonly coolUntil: Instant | null; readonly since: string | null },
  now: Instant,
  today: string,
): PoolState {
  if (isFree(kept, now)) return 'free'
  if (kept.state === 'allocated' && kept.since !== null && limitOnDay(dayInUse(kept.since, today)) !== null)
    return 'warming'
  return kept.state
}
