import { type AttemptResult, Fact } from '../../domain/delivery/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Notice } from '../notices.js'
import type { Outgoing, UntriedEnd } from './outgoing.js'

const bounced = Fact.bouncedHard | Fact.bouncedSoft
const ended = Fact.dropped | Fact.failed | Fact.expired

/** What callbacks are told of an attempt: what it has added, whatever was known of the mail before. null: it never came to the receiver. */
export function noticeOf(mail: Outgoing, attempt: number, result: AttemptResult, at: Instant): Notice | null {
  const { id } = mail.message
  const { facts } = result
  if (facts & Fact.delivered) return { mail, kind: 'delivered', at, key: `${id}:delivered`, detail: {} }
  const reason = result.reply ? `${result.reply.code} ${result.reply.text}` : (result.reason ?? '')
  if (facts & bounced) return bounce(mail, (facts & Fact.bouncedHard) !== 0, reason, at)
  if (facts & ended) return dropped(mail, reason, at)
  if (facts & (Fact.deferred | Fact.unknown))
    return { mail, kind: 'deferred', at, key: `${id}:deferred:${attempt}`, detail: { reason } }
  return null
}

/** What callbacks are told of a mail that ends without a further attempt. Nothing of one that was cancelled: its account wanted that itself. */
export function noticeOfEnd(mail: Outgoing, end: UntriedEnd, why: string, at: Instant): Notice | null {
  if (end === 'cancelled') return null
  return end === 'bouncedSoft' ? bounce(mail, false, mail.message.lastReply || why, at) : dropped(mail, why, at)
}

const bounce = (mail: Outgoing, hard: boolean, reason: string, at: Instant): Notice => ({
  mail,
  kind: 'bounce',
  at,
  key: `${mail.message.id}:bounce`,
  detail: { reason, bounceType: hard ? 'hard_bounce' : 'soft_bounce' },
})

/** A mail that is taken up again after it failed can fail again: each time has its own key. */
const dropped = (mail: Outgoing, reason: string, at: Instant): Notice => ({
  mail,
  kind: 'dropped',
  at,
  key: `${mail.message.id}:dropped:${mail.message.facts & Fact.requeued ? 'again' : 'first'}`,
  detail: { reason },
})
