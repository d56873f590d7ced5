import type { z } from 'zod'
import { addressKey, parseAddress } from '../../domain/address/index.js'
import { Fact, type MessageState, type OriginalStatus, originalStatus, stateOf } from '../../domain/delivery/index.js'
import type { Instant } from '../../ports/clock.js'
import type { MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { instantsOf } from '../moment-input.js'
import type { PageOf } from '../page-input.js'
import type { messagesSchema } from './deliveries-input.js'

/** One mail to one recipient, with the original service's numbers beside our state (DLV-2). */
export interface MessageView extends OriginalStatus {
  readonly id: string
  readonly recipient: string
  readonly state: MessageState
  /** null for trigger and regular mail. */
  readonly task: string | null
  /** What `send` answered as its `requestId`; null for mail of a task. */
  readonly requestId: string | null
  /** null for mail without one. */
  readonly template: string | null
  readonly acceptedAt: Instant
  /** When something last became of it. */
  readonly lastAt: Instant
  readonly attempts: number
  /** The last raw reply, or the code of the refusal. */
  readonly lastReply: string
  /** By a person, not by a scanner. */
  readonly opened: boolean
  readonly clicked: boolean
  readonly unsubscribed: boolean
  readonly complained: boolean
}

export function messageView(message: MessageRow): MessageView {
  const state = stateOf(message.facts)
  const has = (fact: number) => (message.facts & fact) !== 0
  return {
    id: message.id,
    recipient: message.mailbox,
    state,
    ...originalStatus(state, message.lastReply),
    task: message.task || null,
    requestId: message.task ? null : message.origin,
    template: message.template || null,
    acceptedAt: message.acceptedAt,
    lastAt: message.lastAt,
    attempts: message.attempt,
    lastReply: message.lastReply,
    opened: has(Fact.humanOpened),
    clicked: has(Fact.clicked),
    unsubscribed: has(Fact.unsubscribed),
    complained: has(Fact.complained),
  }
}

/** @throws ADDRESS_INVALID for the recipient. */
export async function messageList(
  ctx: Context,
  account: string,
  { recipient, ...asked }: Omit<z.output<typeof messagesSchema>, 'limit'> & { readonly limit: number },
): Promise<PageOf<MessageView>> {
  const { task, from, to, cursor, limit } = instantsOf(asked, ['from', 'to'], ctx.policy.timeZone)
  const page = await ctx.storage.read.messagesPage({
    account,
    limit,
    ...(cursor ? { cursor } : {}),
    ...(task === undefined ? {} : { task }),
    ...(recipient === undefined ? {} : { recipientKey: addressKey(parseAddress(recipient, ctx.policy)) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
  return { items: page.items.map(messageView), next: page.next }
}
