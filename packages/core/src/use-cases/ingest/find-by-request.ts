import type { MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { sentMessageId } from '../message-id.js'
import type { Arrival, ArrivedWork } from './arrivals.js'
import { goesTo } from './goes-to.js'

/** Ids of one question. */
const MOST = 1_000

/**
 * The mails of those that name the request of a send and the recipient: providers that carry no tag of ours know the Message-ID, which all mails of a send share
 * (REG-2). No caller can set a Message-ID, so that nobody names another's mail this way.
 */
export async function findByRequest(
  ctx: Context,
  arrived: readonly ArrivedWork[],
): Promise<ReadonlyMap<ArrivedWork, MessageRow>> {
  const asked = arrived.flatMap((one) => {
    const recipient = namedIn(one.arrival)
    return recipient !== null && one.message !== '' ? [{ one, recipient }] : []
  })
  const { regularRecipients, toRecipients, ccRecipients, bccRecipients } = ctx.policy
  const most = Math.max(regularRecipients, toRecipients + ccRecipients + bccRecipients)
  const ids = [...new Set(asked.map(({ one }) => one.message))].flatMap((request) =>
    Array.from({ length: most }, (_, index) => sentMessageId(request, index)),
  )
  const rows: MessageRow[] = []
  for (let at = 0; at < ids.length; at += MOST)
    rows.push(...(await ctx.storage.read.messages(ids.slice(at, at + MOST))))
  const found = new Map<ArrivedWork, MessageRow>()
  for (const { one, recipient } of asked) {
    const row = rows.find((message) => message.origin === one.message && goesTo(message, recipient))
    if (row) found.set(one, row)
  }
  return found
}

/** The one recipient that a provider names. */
function namedIn(arrival: Arrival): string | null {
  if (arrival.kind === 'unsubscribe') return null
  if (arrival.kind !== 'news') return arrival.recipient ?? null
  return arrival.exact && arrival.of.length === 1 ? (arrival.of[0]?.recipient ?? null) : null
}
