import { isErased } from '../../domain/address/index.js'
import { afterNews, behindForward, type NewsResult } from '../../domain/delivery/index.js'
import type { JsonObject, MessageRow } from '../../ports/rows.js'
import { blockSettings } from '../blocklist/block-settings.js'
import type { Context } from '../context.js'
import { blockOf, domainOfKey } from '../dispatch/outgoing.js'
import type { KnownMail, MailHappening } from '../record-event.js'
import type { ArrivedNews, NewsOfRecipient } from './arrivals.js'
import { goesTo, keyOfGiven } from './goes-to.js'

/** What callbacks call it. */
const notices = {
  delivered: 'delivered',
  deferred: 'deferred',
  bounced: 'bounce',
  dropped: 'dropped',
  complaint: 'spamreport',
  unsubscribe: 'unsubscribe',
} as const

/**
 * What news makes of its mail; null: it is about somebody else. `facts`: what is known of the mail by now, news of the same round included.
 */
export async function newsHappening(
  ctx: Context,
  key: string,
  { source, exact, at, of }: ArrivedNews,
  { message, domainName }: KnownMail,
  facts: number,
): Promise<MailHappening | null> {
  const about = newsFor(message, of, exact)
  if (!about) return null
  const erased = isErased(message.mailbox)
  const result = erased || isAt(message, about) ? afterNews(about.news) : behindForward(afterNews(about.news))
  const { fullMailboxes: blockFull } = await blockSettings(ctx, message.account)
  const where = { message, domainName, recipientDomain: domainOfKey(message.recipientKey) }
  const told = (facts & result.told) !== 0
  return {
    message,
    domainName,
    key,
    kind: result.kind,
    at,
    facts: result.facts,
    raw: null,
    detail: erased ? { source } : { source, ...detailOf(source, result, about) },
    // A tombstone is nobody's address.
    block: erased ? null : blockOf(where, result, { now: at, policy: ctx.policy, blockFull }),
    notice: told ? null : notices[result.kind],
    noticeKey: noticeKeyOf(key, message.id, result),
    noticeDetail: noticeDetailOf(result),
  }
}

/** The failure happened at the very address we wrote to, or at the same name on a host of its domain; a report that names nobody means it too. */
function isAt({ recipientKey }: MessageRow, { recipient }: NewsOfRecipient): boolean {
  const failed = recipient === null ? null : keyOfGiven(recipient)
  if (failed === null || failed === recipientKey) return true
  const [local, domain] = [failed.slice(0, failed.lastIndexOf('@') + 1), domainOfKey(failed)]
  return recipientKey.startsWith(local) && domain.endsWith(`.${recipientKey.slice(local.length)}`)
}

/** Whom it is about: the message's recipient if it is named; else, where a forward may stand between, the one that failed. */
function newsFor(message: MessageRow, of: readonly NewsOfRecipient[], exact: boolean): NewsOfRecipient | null {
  const isOurs = (given: string | null) => given !== null && goesTo(message, given)
  const own = of.find(({ recipient }) => isOurs(recipient)) ?? of.find(({ original }) => isOurs(original))
  // Of somebody who has been erased no name can be compared any more.
  if (own || (exact && !isErased(message.mailbox) && of.every(({ recipient }) => recipient !== null)))
    return own ?? null
  return of.find(({ news }) => news.type === 'bounced') ?? of[0] ?? null
}

/** As the server said it; in a report's own words its code may stand anywhere. */
function saidIn({ reply }: NewsResult): string | null {
  if (!reply) return null
  const code = String(reply.code)
  return reply.code === 0 || reply.text.includes(code) ? reply.text : `${code} ${reply.text}`.trim()
}

function detailOf(source: string, result: NewsResult, { news }: NewsOfRecipient): JsonObject {
  const { reason, kind } = result
  if (kind === 'unsubscribe') return { via: source }
  if (news.type === 'complained') return { feedbackType: news.feedbackType }
  return { reply: saidIn(result), reason }
}

/** As the answer to an attempt would be told (CBK-3). */
function noticeDetailOf(result: NewsResult): JsonObject {
  const { kind, hardness } = result
  if (kind === 'complaint' || kind === 'unsubscribe' || kind === 'delivered') return {}
  const reason = saidIn(result) ?? result.reason ?? ''
  return kind === 'bounced' ? { reason, bounceType: hardness === 'hard' ? 'hard_bounce' : 'soft_bounce' } : { reason }
}

/** The same for an event that the answer to an attempt has told, or will tell: its receiver knows it again by its webhook-id. */
function noticeKeyOf(key: string, message: string, { kind }: NewsResult): string {
  if (kind === 'delivered') return `${message}:delivered`
  if (kind === 'bounced') return `${message}:bounce`
  return kind === 'complaint' ? `${message}:complaint` : key
}
