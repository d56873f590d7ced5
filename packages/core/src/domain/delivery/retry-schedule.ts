import type { Instant } from '../../ports/clock.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** TSK-12: the first delay of each kind; each further one is twice as long, up to `MAX_DELAY_MS`. */
export const FIRST_DELAY_MS = { temporary: 5 * MINUTE, connection: MINUTE, 'rate-limited': 10 * MINUTE } as const
export const MAX_DELAY_MS = 6 * HOUR
/** TSK-12: given up after so long, counted from acceptance. */
export const GIVE_UP_AFTER_MS = 72 * HOUR
/** A delay is longer or shorter by at most this share. Below 1/3, so that doubling keeps the delays monotone. */
export const JITTER = 0.1

export type RetryKind = keyof typeof FIRST_DELAY_MS

export interface RetryQuestion {
  /** Number of the attempt that has just failed, from 1. */
  readonly attempt: number
  readonly kind: RetryKind
  readonly now: Instant
  readonly acceptedAt: Instant
  /** From 0 to 1, drawn by the caller. */
  readonly random: number
  /** TRG-8. Null: no validity of its own. */
  readonly validForSeconds: number | null
}

export type NextAttempt =
  | { readonly type: 'retry'; readonly at: Instant }
  | { readonly type: 'give-up'; readonly as: 'bouncedSoft' | 'expired' }

/**
 * When to try again (TSK-12, TRG-8). The delay before the last attempt is cut so that it still falls into the mail's life: at 72 h,
 * or shortly before the end of its validity, because a mail claimed a moment too late must not be sent. After that
 * attempt the answer is to give up: expired if the validity was the shorter one, else a soft bounce.
 */
export function nextAttempt(question: RetryQuestion): NextAttempt {
  return laterBy(retryDelay(question), question)
}

/** The same after a delay that somebody else has named. */
export function laterBy(
  delayMs: number,
  { acceptedAt, now, validForSeconds }: Pick<RetryQuestion, 'acceptedAt' | 'now' | 'validForSeconds'>,
): NextAttempt {
  const validForMs = validForSeconds === null ? Number.POSITIVE_INFINITY : validForSeconds * SECOND
  const lastAt = acceptedAt + Math.min(GIVE_UP_AFTER_MS, validForMs - leadBeforeEnd(validForMs))
  if (now >= lastAt) return { type: 'give-up', as: validForMs < GIVE_UP_AFTER_MS ? 'expired' : 'bouncedSoft' }
  return { type: 'retry', at: Math.min(now + delayMs, lastAt) }
}

/** Milliseconds until the next attempt, whatever the mail's life allows: never shorter after a later attempt, for any draws. */
export function retryDelay({ attempt, kind, random }: Pick<RetryQuestion, 'attempt' | 'kind' | 'random'>): number {
  const doublings = Math.min(Math.max(attempt, 1) - 1, 20)
  const delay = FIRST_DELAY_MS[kind] * 2 ** doublings
  const share = Math.min(Math.max(random, 0), 1) * 2 * JITTER - JITTER
  return Math.min(Math.round(delay * (1 + share)), MAX_DELAY_MS)
}

/** One minute, or less for a mail that is valid for less than twenty. */
function leadBeforeEnd(validForMs: number): number {
  return Number.isFinite(validForMs) ? Math.min(MINUTE, Math.floor(validForMs / 20)) : 0
}
