import type { ProviderHappening } from '../../ports/event-source.js'
import type { Reply } from '../../ports/transport.js'
import { type BounceClass, classifyReply } from '../bounce/index.js'
import { type AttemptResult, blockFor } from './after-attempt.js'
import { Fact } from './facts.js'

/** What came back about a mail by another way than the answer to an attempt; opens and clicks are judged elsewhere. */
export type News = Exclude<ProviderHappening, { readonly type: 'opened' | 'clicked' | 'other' | 'unreadable' }>

export interface NewsResult extends Pick<AttemptResult, 'facts' | 'block' | 'reply' | 'reason'> {
  /** Of the event. */
  readonly kind: 'delivered' | 'deferred' | 'bounced' | 'dropped' | 'complaint' | 'unsubscribe'
  /** A mail that has one of these already has been told about: only another event is kept. 0: told each time. */
  readonly told: number
  readonly hardness: 'hard' | 'soft' | null
}

const bounced = Fact.bouncedHard | Fact.bouncedSoft

/** RFC 5965 §3.5 and the registry: what is no complaint about the mail. */
const harmless: ReadonlySet<string> = new Set(['not-spam', 'auth-failure', 'miscategorized', 'dmarc'])
export const isComplaint = (feedbackType: string | null): boolean => !harmless.has(feedbackType?.toLowerCase() ?? '')

/**
 * What follows from news (DLV-5): the same facts and blocks as from an SMTP reply that says the same. Here every failure is final: whoever reports it has given
 * up, so nothing is attempted again.
 */
export function afterNews(news: News): NewsResult {
  const none = { block: null, reply: null, reason: null, hardness: null, told: 0 } as const
  switch (news.type) {
    case 'delivered': {
      const facts = Fact.handedOver | Fact.delivered
      return { ...none, kind: 'delivered', facts, reply: news.reply, told: Fact.delivered }
    }
    case 'deferred': {
      const reason = news.reply ? classifyReply(news.reply).kind : null
      return { ...none, kind: 'deferred', facts: Fact.deferred, reply: news.reply, reason }
    }
    case 'bounced':
      return afterBounce(news.reply, news.permanent)
    case 'dropped':
      return { ...none, kind: 'dropped', facts: Fact.dropped, reason: news.reason, told: Fact.dropped | bounced }
    case 'complained':
      return {
        ...none,
        kind: 'complaint',
        facts: Fact.complained,
        block: 'reject',
        reason: 'complained',
        told: Fact.complained,
      }
    case 'unsubscribed': {
      const told = Fact.unsubscribed
      return { ...none, kind: 'unsubscribe', facts: told, block: 'reject', reason: 'unsubscribed', told }
    }
  }
}

/**
 * The same where the report names another address than the one we wrote to: a forward or an alias of many led there, and ours may well be in order. The mail has
 * bounced, but nobody is blocked for it (BLK-1).
 */
export const behindForward = (result: NewsResult): NewsResult =>
  result.kind === 'bounced' ? { ...result, facts: result.facts & ~Fact.invalid, block: null } : result

/** A provider's own word counts only where the reply does not say why. */
function afterBounce(reply: Reply | null, permanent: boolean | null): NewsResult {
  const bounce: BounceClass | null = reply && classifyReply(reply)
  const vague = bounce === null || bounce.kind === 'other'
  const hard = vague && permanent !== null ? permanent : bounce?.hardness === 'hard'
  const facts =
    Fact.handedOver |
    (hard ? Fact.bouncedHard : Fact.bouncedSoft) |
    (bounce?.invalid ? Fact.invalid : 0) |
    (bounce?.spam ? Fact.spamBounced : 0)
  return {
    kind: 'bounced',
    facts,
    reply,
    block: bounce && blockFor(bounce),
    reason: bounce?.kind ?? 'other',
    hardness: hard ? 'hard' : 'soft',
    told: bounced,
  }
}
