import { z } from 'zod'
import { addressKey, parseAddress } from '../../domain/address/index.js'
import { type MessageState, stateOf } from '../../domain/delivery/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject, MessageRow } from '../../ports/rows.js'
import type { Context } from '../../use-cases/context.js'
import { type PageOf, pageSchema } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'

export const messagesSchema = z.strictObject({
  ...pageSchema.shape,
  recipient: z.string().optional(),
  task: z.string().optional(),
  /** Accepted at or after, and before, these instants (epoch milliseconds). */
  from: z.number().optional(),
  to: z.number().optional(),
})
export type MessagesInput = Readonly<z.input<typeof messagesSchema>>

export interface MessageView {
  readonly id: string
  readonly recipient: string
  readonly state: MessageState
  readonly task: string | null
  readonly acceptedAt: Instant
  readonly lastAt: Instant
  readonly attempts: number
  /** The last raw reply, or the code of the refusal. */
  readonly lastReply: string
}

export interface TimelineEntry {
  readonly at: Instant
  readonly kind: string
  readonly detail: JsonObject
}

export interface DeliveriesNamespace {
  messages(input?: MessagesInput): Promise<PageOf<MessageView>>
  /** Everything that happened to one mail, oldest first. */
  timeline(message: string): Promise<readonly TimelineEntry[]>
}

const viewOf = (message: MessageRow): MessageView => ({
  id: message.id,
  recipient: message.mailbox,
  state: stateOf(message.facts),
  task: message.task || null,
  acceptedAt: message.acceptedAt,
  lastAt: message.lastAt,
  attempts: message.attempt,
  lastReply: message.lastReply,
})

export function deliveriesOf(ctx: Context, account: string): DeliveriesNamespace {
  return {
    async messages(input = {}) {
      const { recipient, task, ...rest } = parseInput(messagesSchema, input)
      const page = await ctx.storage.read.messagesPage({
        account,
        limit: rest.limit,
        ...(rest.cursor ? { cursor: rest.cursor } : {}),
        ...(task === undefined ? {} : { task }),
        ...(recipient === undefined ? {} : { recipientKey: addressKey(parseAddress(recipient, ctx.policy)) }),
        ...(rest.from === undefined ? {} : { from: rest.from }),
        ...(rest.to === undefined ? {} : { to: rest.to }),
      })
      return { items: page.items.map(viewOf), next: page.next }
    },
    async timeline(id) {
      const [message] = await ctx.storage.read.messages([id])
      if (message?.account !== account) throw new MailError('NOT_FOUND', { kind: 'message' })
      const events = await ctx.storage.read.events(id)
      const accepted = { at: message.acceptedAt, kind: 'accepted', detail: {} }
      const later = events.map(({ at, kind, detail }) => ({ at, kind, detail }))
      if (events.length > 0 || stateOf(message.facts) === 'accepted') return [accepted, ...later]
      return [accepted, { at: message.lastAt, kind: stateOf(message.facts), detail: { reply: message.lastReply } }]
    },
  }
}
