import type { Instant } from '../../ports/clock.js'

const SECOND = 1_000

export interface RetryPlan {
  /** The delays before the first retries. */
  readonly afterSeconds: readonly number[]
  /** The delay before each further one. */
  readonly thenEverySeconds: number
  /** No attempt is made later than this after the event was taken up. */
  readonly giveUpAfterSeconds: number
  /** A delay is longer or shorter by at most this share. */
  readonly jitter: number
  /** The longest wait that a receiver's Retry-After can ask for. */
  readonly longestRetryAfterSeconds: number
}

/** CBK-4. */
export const RETRY_PLAN: RetryPlan = {
  afterSeconds: [5, 60, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600],
  thenEverySeconds: 24 * 3_600,
  giveUpAfterSeconds: 72 * 3_600,
  jitter: 0.1,
  longestRetryAfterSeconds: 24 * 3_600,
}

export interface RetryQuestion {
  /** Attempts made so far, at least 1. */
  readonly tries: number
  readonly now: Instant
  /** When the event was taken up, or replayed. */
  readonly since: Instant
  readonly retryAfterSeconds: number | null
  /** From 0 to 1, drawn by the caller. */
  readonly random: number
}

/**
 * When a failed event is told again; null: it is parked. The last attempt is moved forward to the end of the time, so that the whole of it is used
 * (72 h); Retry-After makes a wait longer, never shorter, and not beyond that end.
 */
export function nextRetry(
  { tries, now, since, retryAfterSeconds, random }: RetryQuestion,
  plan: RetryPlan,
): Instant | null {
  const lastAt = since + plan.giveUpAfterSeconds * SECOND
  if (now >= lastAt) return null
  const delay = plan.afterSeconds[tries - 1] ?? plan.thenEverySeconds
  const jittered = Math.round(delay * SECOND * (1 + plan.jitter * (2 * random - 1)))
  const asked = Math.min(retryAfterSeconds ?? 0, plan.longestRetryAfterSeconds) * SECOND
  return Math.min(now + Math.max(jittered, asked), lastAt)
}
