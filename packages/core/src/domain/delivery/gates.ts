import type { Code } from '../../errors/codes.js'
import type { Instant } from '../../ports/clock.js'
import type { Block } from '../suppression/index.js'

/** hold: our own wait, the mail stays cached; drop: the mail is refused, for the reason `why`. */
export type Verdict =
  | { readonly type: 'pass' }
  | { readonly type: 'hold'; readonly until: Instant; readonly why: Code }
  | { readonly type: 'drop'; readonly why: Code }

/** What the gates look at. Gathered once per mail by the caller; a gate reads nothing else. */
export interface GateFacts {
  readonly now: Instant
  /** Regular and trigger mail is refused where batch mail waits (TRG-5). */
  readonly mode: 'single' | 'batch'
  readonly addressValid: boolean
  readonly domainVerified: boolean
  /** True also for direct content, which has no template. */
  readonly templateApproved: boolean
  /** Answer of `decideBlocked` or `indexBlocks` for this recipient. */
  readonly block: Block | null
  /** Mails of the last hour to this recipient, without this one; null for batch, which neither counts nor is checked (TRG-3). */
  readonly frequency: { readonly used: number; readonly limit: number } | null
  readonly domainBlockedToday: boolean
  /** What is left of the domain's day for this send, and how many recipients the send has: it goes whole or not at all. */
  readonly daily: { readonly left: number; readonly wanted: number }
  /** The next day start in `policy.timeZone` (TSK-6). */
  readonly nextDayAt: Instant
  /** The person has been erased (GRP-8). */
  readonly erased: boolean
  /** Last instant at which the mail may be sent (TRG-8); null: no validity. */
  readonly validUntil: Instant | null
}

/** A gate needs only the facts it names, so an attempt need not gather those of acceptance. */
export type Gate<F = GateFacts> = (facts: F) => Verdict

const pass: Verdict = { type: 'pass' }
const drop = (why: Code): Verdict => ({ type: 'drop', why })

type Needs<K extends keyof GateFacts> = Pick<GateFacts, K>

export const address: Gate<Needs<'addressValid'>> = (facts) => (facts.addressValid ? pass : drop('ADDRESS_INVALID'))

export const domainVerified: Gate<Needs<'domainVerified'>> = (facts) =>
  facts.domainVerified ? pass : drop('DOMAIN_NOT_VERIFIED')

export const templateApproved: Gate<Needs<'templateApproved'>> = (facts) =>
  facts.templateApproved ? pass : drop('TEMPLATE_NOT_APPROVED')

const blockedBy =
  (by: Block['by']): Gate<Needs<'block'>> =>
  ({ block }) =>
    block?.by === by ? drop(block.code) : pass

export const customBlock = blockedBy('custom')
export const invalidAddress = blockedBy('invalid')
export const rejectBlock = blockedBy('reject')

export const frequency: Gate<Needs<'frequency'>> = ({ frequency: hour }) =>
  hour !== null && hour.used >= hour.limit ? drop('FREQUENCY_LIMIT') : pass

/** TSK-10: batch mail stays cached until the next day start. */
export const domainBlockedToday: Gate<Needs<'domainBlockedToday' | 'mode' | 'nextDayAt'>> = (facts) =>
  facts.domainBlockedToday ? refuseOrWait(facts, 'DOMAIN_BLOCKED_TODAY') : pass

/** TRG-5, TSK-6. The allowance itself is taken atomically by the storage; this gate says so before. */
export const dailyLimit: Gate<Needs<'daily' | 'mode' | 'nextDayAt'>> = (facts) =>
  facts.daily.wanted > facts.daily.left ? refuseOrWait(facts, 'DAILY_LIMIT') : pass

export const expired: Gate<Needs<'now' | 'validUntil'>> = (facts) =>
  facts.validUntil !== null && facts.now > facts.validUntil ? drop('EXPIRED') : pass

/** GRP-8: a tombstone is nobody's address. */
export const notErased: Gate<Needs<'erased'>> = (facts) => (facts.erased ? drop('PERSON_ERASED') : pass)

function refuseOrWait(facts: Needs<'mode' | 'nextDayAt'>, why: Code): Verdict {
  return facts.mode === 'single' ? drop(why) : { type: 'hold', until: facts.nextDayAt, why }
}

/** TRG-5, in its order. Regular and trigger mail passes them at acceptance, batch mail at its first attempt (TRG-6). */
export const acceptanceGates: readonly Gate[] = [
  address,
  domainVerified,
  templateApproved,
  customBlock,
  invalidAddress,
  rejectBlock,
  frequency,
  domainBlockedToday,
  dailyLimit,
]

export type AttemptFacts = Needs<'now' | 'validUntil' | 'block' | 'erased'>

/** TRG-6: at every attempt, so that who unsubscribes while the mail waits never gets it; and TRG-8. */
export const attemptGates: readonly Gate<AttemptFacts>[] = [
  notErased,
  expired,
  customBlock,
  invalidAddress,
  rejectBlock,
]

/** Asks the gates in order; the first that does not pass wins, the ones after it are not asked. */
export function runGates<F>(gates: readonly Gate<F>[], facts: F): Verdict {
  for (const gate of gates) {
    const verdict = gate(facts)
    if (verdict.type !== 'pass') return verdict
  }
  return pass
}
