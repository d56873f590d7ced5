import type { Instant } from '../../ports/clock.js'
import type { Engine } from './engine.js'
import { STALE_MS, WINDOW_MS } from './ip-rates.js'

const SECOND = 1_000

/** The place of one mail in the rate of its account (TRG-3): one token, taken anew if it was not used soon. */
export interface AccountTurn {
  /** null: it may go now. A promise: ask again when that has resolved. */
  wait(): Promise<void> | null
  /** When it should come again because no token could be had; 0: it need not. */
  heldUntil(): Instant
}

export const atOnce: AccountTurn = { wait: () => null, heldUntil: () => 0 }

/** Asks one by one: a limiter that takes trips for it makes one for all that ask together. */
export function accountTurn({ ctx, signal, stopping }: Engine, account: string): AccountTurn {
  const { limiter } = ctx
  const perSecond = ctx.policy.accountPerSecond
  if (perSecond === null || !limiter) return atOnce
  let takenAt = Number.NEGATIVE_INFINITY
  let coming: Promise<void> | null = null
  let held: Instant = 0
  return {
    heldUntil: () => held,
    wait() {
      if (held > 0 || ctx.clock.now() - takenAt <= STALE_MS) return null
      coming ??= limiter
        .take({ key: `account:${account}`, perSecond, windowMs: WINDOW_MS, count: 1 }, signal)
        .then(
          () => {
            takenAt = ctx.clock.now()
          },
          (error: unknown) => {
            if (!stopping()) ctx.logger.log('error', 'limiter-failed', { error })
            held = ctx.clock.now() + SECOND
          },
        )
        .finally(() => {
          coming = null
        })
      return coming
    },
  }
}
