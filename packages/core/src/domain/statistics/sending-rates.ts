import type { Counts } from '../../ports/counters.js'

/** A share with what it is a share of, so that rates of several cells can be added up before they are divided. */
export interface Share {
  readonly count: number
  readonly of: number
  /** count ÷ of, from 0; null when there is nothing to measure against. */
  readonly rate: number | null
}

export const share = (count: number, of: number): Share => ({ count, of, rate: of === 0 ? null : count / of })

/** What became of mail that was sent in a period, each mail once (STA-1). */
export type SendingCounts = {
  /** Recipients that somebody asked to send to: accepted and refused. */
  readonly requests: number
  /** Turned down by a gate in the answer to the call; nothing was stored of them. */
  readonly refused: number
  readonly accepted: number
  /** Given to a receiving server at least once. */
  readonly handedOver: number
  readonly delivered: number
  /** Put off by their receiver at least once, whatever came later. */
  readonly deferred: number
  readonly bounced: number
  readonly bouncedHard: number
  readonly bouncedSoft: number
  /** Turned down after acceptance: by a gate at the attempt, or by a provider before it sent anything. */
  readonly dropped: number
  readonly failed: number
  readonly cancelled: number
  readonly expired: number
  /** Bounces that say that the address is bad, and that the mail is taken for spam. */
  readonly invalid: number
  readonly spamBounced: number
}

export const sendingCounts = (counts: Counts): SendingCounts => ({
  requests: counts.accepted + counts.refused,
  refused: counts.refused,
  accepted: counts.accepted,
  handedOver: counts.handedOver,
  delivered: counts.delivered,
  deferred: counts.deferred,
  bounced: counts.bouncedHard + counts.bouncedSoft,
  bouncedHard: counts.bouncedHard,
  bouncedSoft: counts.bouncedSoft,
  dropped: counts.dropped,
  // Failed rows that were taken up again are failed no longer.
  failed: counts.failed - counts.requeued,
  cancelled: counts.cancelled,
  expired: counts.expired,
  invalid: counts.invalid,
  spamBounced: counts.spamBounced,
})

/** Counters that are measured against settled mail: delivered, bounced and dropped. */
const OF_SETTLED = ['delivered', 'bounced', 'bouncedHard', 'bouncedSoft', 'dropped', 'invalid', 'spamBounced'] as const

export type SendingRates = Readonly<Record<(typeof OF_SETTLED)[number] | 'accepted' | 'deferred', Share>>

/** The rates of a cell or of a sum of cells (STA-1). `accepted` is over requests, `deferred` over handed-over mail. */
export function sendingRates(counts: SendingCounts): SendingRates {
  const settled = counts.delivered + counts.bounced + counts.dropped
  const ofSettled = OF_SETTLED.map((name) => [name, share(counts[name], settled)] as const)
  return {
    ...(Object.fromEntries(ofSettled) as Record<(typeof OF_SETTLED)[number], Share>),
    accepted: share(counts.accepted, counts.requests),
    deferred: share(counts.deferred, counts.handedOver),
  }
}
