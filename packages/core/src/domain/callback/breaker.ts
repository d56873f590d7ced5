import type { Instant } from '../../ports/clock.js'

/** What a process knows of an endpoint that fails. While it is open nothing is sent; afterwards one event at a time, until one gets through. */
export interface Breaker {
  /** In a row. */
  readonly failures: number
  /** Nothing is sent before. */
  readonly openUntil: Instant
  readonly pauseMs: number
}

export interface BreakerPolicy {
  /** So many failures in a row open it. */
  readonly failures: number
  readonly firstSeconds: number
  /** Each pause is twice as long as the one before, up to this. */
  readonly longestSeconds: number
}

export const BREAKER_POLICY: BreakerPolicy = { failures: 5, firstSeconds: 5, longestSeconds: 300 }

export const CLOSED: Breaker = { failures: 0, openUntil: 0, pauseMs: 0 }

export const isOpen = ({ openUntil }: Breaker, now: Instant): boolean => openUntil > now

/** Whether only a single event may be tried. */
export const isProbing = ({ failures }: Breaker, policy: BreakerPolicy): boolean => failures >= policy.failures

/**
 * After a failure. Those that were under way when it opened do not make the pause longer. `askedSeconds` is the receiver's own Retry-After, which opens
 * it at once: what is asked of one event is meant for all.
 */
export function afterFailure(
  breaker: Breaker,
  failure: { readonly now: Instant; readonly askedSeconds: number | null; readonly random: number },
  policy: BreakerPolicy,
): Breaker {
  const { now, askedSeconds, random } = failure
  const asked = now + (askedSeconds ?? 0) * 1_000
  const failures = askedSeconds === null ? breaker.failures + 1 : Math.max(breaker.failures + 1, policy.failures)
  if (failures < policy.failures || isOpen(breaker, now)) {
    return { ...breaker, failures, openUntil: Math.max(breaker.openUntil, askedSeconds === null ? 0 : asked) }
  }
  const longest = policy.longestSeconds * 1_000
  const pauseMs = breaker.pauseMs === 0 ? policy.firstSeconds * 1_000 : Math.min(longest, breaker.pauseMs * 2)
  const jittered = Math.round(pauseMs * (0.9 + 0.2 * random))
  return { failures, openUntil: Math.max(now + jittered, asked), pauseMs }
}
