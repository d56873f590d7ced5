import type { Instant } from '../../ports/clock.js'
import type { RecipientOutcome, Reply, Stage } from '../../ports/transport.js'
import { type BounceClass, classifyReply, classifySenderRefusal, cutReplyText } from '../bounce/index.js'
import { Fact, failureFact, isFinal, type MessageState, stateOf } from './facts.js'
import { laterBy, type NextAttempt, nextAttempt, type RetryKind } from './retry-schedule.js'

/** TSK-12: how long a provider that asked for less mail is left alone by one IP. */
export const LANE_PAUSE_MS = 10 * 60 * 1_000
/** A transport that names no time, or one that is over already, is not asked in a circle. */
export const LEAST_HOLD_MS = 1_000

export interface Attempt {
  readonly outcome: RecipientOutcome
  /** Number of this attempt, from 1. One that ended with `routeDown` or `held` does not count. */
  readonly attempt: number
  readonly now: Instant
  readonly acceptedAt: Instant
  /** From 0 to 1, drawn by the caller. */
  readonly random: number
  readonly validForSeconds: number | null
  readonly onUnknown: 'retry' | 'stop'
  /** relay: one next hop for everybody, so a failure to reach it says nothing about the recipient. direct: the recipient's own MX. */
  readonly route: 'relay' | 'direct'
  /** Bits the message has already; default: accepted. */
  readonly facts?: number
}

export interface AttemptResult {
  /** Bits to OR into the message. */
  readonly facts: number
  /** The state with those bits. */
  readonly state: MessageState
  /** Null: no further attempt. */
  readonly retryAt: Instant | null
  readonly reply: Reply | null
  readonly bounce: BounceClass | null
  /** Which list the recipient enters now; `mailbox-full` only if the account switched it on (BLK-4). */
  readonly block: 'invalid' | 'reject' | 'mailbox-full' | null
  readonly pauseLane: { readonly until: Instant } | null
  /** The relay could not be reached or refuses us: open the route's breaker, count no attempt. */
  readonly routeDown: boolean
  /** Nobody was asked: nothing is stored but when the mail is offered again, or that its time is over. */
  readonly held: boolean
  /** Kind of the bounce, or the cause in the transport's words. */
  readonly reason: string | null
}

/**
 * What follows from one attempt (REL-1, REL-2): every outcome leads to a named state, and only a temporary refusal, a failure to
 * reach the server, or an unknown end is attempted again. Pure; the caller stores the result and rings for `retryAt`.
 */
export function afterAttempt(attempt: Attempt): AttemptResult {
  const { outcome } = attempt
  switch (outcome.type) {
    case 'accepted':
      return result(attempt, { facts: Fact.handedOver | Fact.delivered, reply: outcome.reply })
    case 'refused':
      return afterRefusal(attempt, outcome)
    case 'unreached':
      return afterUnreached(attempt, outcome.stage, outcome.cause)
    case 'held':
      return afterHold(attempt, outcome.forMs, outcome.cause)
    case 'unknown':
      return afterUnknown(attempt, outcome.cause)
  }
}

/** Answers of a relay to our login: about our account with it, never about a recipient (RFC 4954 §4, §6). */
const loginRefusals: ReadonlySet<number> = new Set([530, 534, 535, 538])

function afterRefusal(
  attempt: Attempt,
  { reply, at }: Extract<RecipientOutcome, { readonly type: 'refused' }>,
): AttemptResult {
  const bounce = at === 'mail' ? classifySenderRefusal(reply) : classifyReply(reply)
  if (attempt.route === 'relay' && loginRefusals.has(reply.code)) return afterRouteFailure(attempt, bounce.kind, reply)

  const pauseLane = bounce.rateLimited ? { until: attempt.now + LANE_PAUSE_MS } : null
  const base = { reply, bounce, pauseLane, reason: bounce.kind }
  if (bounce.temporary) {
    const next = planRetry(attempt, bounce.rateLimited ? 'rate-limited' : 'temporary')
    if (next.type === 'retry') {
      return result(attempt, { ...base, facts: Fact.handedOver | Fact.deferred, retryAt: next.at })
    }
    const spam = next.as === 'bouncedSoft' && bounce.spam ? Fact.spamBounced : 0
    const block = next.as === 'bouncedSoft' ? blockFor(bounce) : null
    return result(attempt, { ...base, facts: Fact.handedOver | Fact.deferred | Fact[next.as] | spam, block })
  }
  const facts =
    Fact.handedOver |
    (bounce.hardness === 'hard' ? Fact.bouncedHard : Fact.bouncedSoft) |
    (bounce.invalid ? Fact.invalid : 0) |
    (bounce.spam ? Fact.spamBounced : 0)
  return result(attempt, { ...base, facts, block: blockFor(bounce) })
}

export function blockFor(bounce: BounceClass): AttemptResult['block'] {
  if (bounce.invalid) return 'invalid'
  if (bounce.recipientBlockedSender) return 'reject'
  return bounce.kind === 'mailbox-full' ? 'mailbox-full' : null
}

const routeStages: ReadonlySet<Stage> = new Set<Stage>(['dns', 'connect', 'tls', 'greeting', 'auth'])

/** What a direct transport says when the recipient's domain is known not to take mail; anything else at `dns` is worth a retry. */
const definiteDnsCauses: readonly { readonly says: RegExp; readonly enhanced: string }[] = [
  // Not anywhere in the cause: a domain may be called so, and its resolver may fail.
  { says: /(?:^|: )nxdomain(?![\w.-])/i, enhanced: '5.1.2' },
  { says: /(?:^|: )null mx(?![\w.-])/i, enhanced: '5.1.10' },
]

function afterUnreached(attempt: Attempt, stage: Stage, cause: string): AttemptResult {
  if (attempt.route === 'relay' && routeStages.has(stage)) return afterRouteFailure(attempt, cause, null)

  const definite = definiteDnsCauses.find(({ says }) => stage === 'dns' && says.test(cause))
  if (definite !== undefined) {
    const bounce = classifyReply({ code: 550, enhanced: definite.enhanced, text: cause })
    return result(attempt, { facts: Fact.bouncedHard | Fact.invalid, bounce, block: 'invalid', reason: bounce.kind })
  }
  const next = planRetry(attempt, 'connection')
  const reason = cutReplyText(cause)
  return next.type === 'retry'
    ? result(attempt, { facts: Fact.deferred, retryAt: next.at, reason })
    : result(attempt, { facts: Fact.deferred | Fact[next.as], reason })
}

/** The mail waits for the route. It can run out of time, but nobody has refused it: never a bounce. */
function afterRouteFailure(attempt: Attempt, cause: string, reply: Reply | null): AttemptResult {
  const next = nextAttempt({ ...attempt, attempt: 1, kind: 'connection' })
  const base = { reply, routeDown: true, reason: cutReplyText(cause) }
  return next.type === 'retry'
    ? result(attempt, { ...base, facts: 0, retryAt: next.at })
    : result(attempt, { ...base, facts: Fact.expired })
}

/** The mail waits for room. Its life goes on meanwhile, and ends as what was known of it before. */
function afterHold(attempt: Attempt, forMs: number, cause: string): AttemptResult {
  const base = { held: true, reason: cutReplyText(cause) }
  const next = laterBy(forMs > LEAST_HOLD_MS ? Math.ceil(forMs) : LEAST_HOLD_MS, attempt)
  if (next.type === 'retry') return result(attempt, { ...base, facts: 0, retryAt: next.at })
  const deferred = (factsBefore(attempt) & Fact.deferred) !== 0
  return result(attempt, { ...base, facts: deferred ? Fact[next.as] : Fact.expired })
}

function afterUnknown(attempt: Attempt, cause: string): AttemptResult {
  const facts = Fact.handedOver | Fact.unknown
  const reason = cutReplyText(cause)
  if (attempt.onUnknown === 'stop') return result(attempt, { facts: facts | failureFact(factsBefore(attempt)), reason })
  // RFC 5321 §3.8: a connection lost is to be taken as a 451.
  const next = planRetry(attempt, 'temporary')
  return next.type === 'retry'
    ? result(attempt, { facts, retryAt: next.at, reason })
    : result(attempt, { facts: facts | Fact[next.as], reason })
}

const factsBefore = (attempt: Attempt): number => attempt.facts ?? Fact.accepted

function planRetry(attempt: Attempt, kind: RetryKind): NextAttempt {
  return nextAttempt({ ...attempt, kind })
}

function result(attempt: Attempt, part: Partial<AttemptResult> & Pick<AttemptResult, 'facts'>): AttemptResult {
  const state = stateOf(factsBefore(attempt) | part.facts)
  const { facts, reply, bounce, block, pauseLane, routeDown, held, reason, retryAt } = part
  return {
    facts,
    state,
    // A late event may have ended the message meanwhile.
    retryAt: isFinal(state) ? null : (retryAt ?? null),
    reply: reply ?? null,
    bounce: bounce ?? null,
    block: block ?? null,
    pauseLane: pauseLane ?? null,
    routeDown: routeDown ?? false,
    held: held ?? false,
    reason: reason ?? null,
  }
}
