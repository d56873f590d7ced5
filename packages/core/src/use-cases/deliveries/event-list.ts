import { addressKey, parseAddress } from '../../domain/address/index.js'
import { Fact } from '../../domain/delivery/index.js'
import type { Instant } from '../../ports/clock.js'
import type { EventRow, JsonObject, MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { instantsOf } from '../moment-input.js'
import type { PageOf } from '../page-input.js'
import type { EventQuestion } from './deliveries-input.js'

/** Something that came back about a mail, with what is known of the mail. */
export interface DeliveryEvent {
  readonly message: string
  readonly at: Instant
  /** The quarter of an hour the mail was sent in. */
  readonly sentAt: Instant
  readonly recipient: string
  readonly domain: string
  readonly recipientDomain: string
  readonly template: string | null
  readonly task: string | null
}

/** An open or a click. `human: false` is a prefetcher or a scanner, and `why` says how we know (TRK-3). */
export interface VisitEvent extends DeliveryEvent {
  readonly human: boolean
  readonly why: string | null
  readonly userAgent: string
}

export interface ClickEvent extends VisitEvent {
  readonly link: string
}

export interface BounceEvent extends DeliveryEvent {
  readonly hardness: 'hard' | 'soft'
  /** The bounce class, such as `no-such-user`. */
  readonly reason: string
  /** The raw reply; '' if nobody answered. */
  readonly reply: string
}

export interface UnsubscribeEvent extends DeliveryEvent {
  /** How: by the link, or by the mail program's own button (RFC 8058). */
  readonly via: string
}

/** What a list is made of: the kinds of events, and how one is shown. */
export interface EventList<V> {
  readonly kinds: readonly string[]
  readonly view: (event: EventRow, message: MessageRow | undefined) => V
}

const base = (event: EventRow, message: MessageRow | undefined): DeliveryEvent => ({
  message: event.message,
  at: event.at,
  sentAt: event.sentAt,
  recipient: message?.mailbox ?? event.person,
  domain: event.domain,
  recipientDomain: event.recipientDomain,
  template: event.template || null,
  task: event.task || null,
})

const text = (detail: JsonObject, name: string): string => {
  const value = detail[name]
  return typeof value === 'string' ? value : ''
}

const visit = (event: EventRow, message: MessageRow | undefined): VisitEvent => ({
  ...base(event, message),
  human: !event.kind.startsWith('machine-'),
  why: text(event.detail, 'why') || null,
  userAgent: text(event.detail, 'userAgent'),
})

const visitKinds = (kind: string, machines: boolean) => (machines ? [kind, `machine-${kind}`] : [kind])

export const opens = (machines: boolean): EventList<VisitEvent> => ({
  kinds: visitKinds('open', machines),
  view: visit,
})

export const clicks = (machines: boolean): EventList<ClickEvent> => ({
  kinds: visitKinds('click', machines),
  view: (event, message) => ({ ...visit(event, message), link: text(event.detail, 'link') }),
})

export const complaints: EventList<DeliveryEvent> = { kinds: ['complaint'], view: base }

export const bounces: EventList<BounceEvent> = {
  kinds: ['bounced'],
  view: (event, message) => ({
    ...base(event, message),
    hardness: ((message?.facts ?? 0) & Fact.bouncedHard) === 0 ? 'soft' : 'hard',
    reason: text(event.detail, 'reason'),
    reply: text(event.detail, 'reply'),
  }),
}

export const unsubscribes: EventList<UnsubscribeEvent> = {
  kinds: ['unsubscribe'],
  view: (event, message) => ({ ...base(event, message), via: text(event.detail, 'via') }),
}

const TIMES = ['from', 'to', 'sentFrom', 'sentTo'] as const

/** Newest first. @throws ADDRESS_INVALID for the recipient. */
export async function eventList<V>(
  ctx: Context,
  account: string,
  { kinds, view }: EventList<V>,
  asked: EventQuestion & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<PageOf<V>> {
  const { domains, recipientDomains, recipient, cursor, limit } = asked
  const { from, to, sentFrom, sentTo } = instantsOf(asked, TIMES, ctx.policy.timeZone)
  const page = await ctx.storage.read.eventsPage({
    account,
    kinds,
    limit,
    ...(cursor ? { cursor } : {}),
    ...(domains ? { domains } : {}),
    ...(recipientDomains ? { recipientDomains } : {}),
    ...(recipient === undefined ? {} : { person: addressKey(parseAddress(recipient, ctx.policy)) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(sentFrom === undefined ? {} : { sentFrom }),
    ...(sentTo === undefined ? {} : { sentTo }),
  })
  const rows = await ctx.storage.read.messages([...new Set(page.items.map(({ message }) => message))])
  const messages = new Map(rows.map((row) => [row.id, row]))
  return { items: page.items.map((event) => view(event, messages.get(event.message))), next: page.next }
}
