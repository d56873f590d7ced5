import type { Change, Observation } from '../ports/changes.js'
import type { Instant } from '../ports/clock.js'
import type { Counter } from '../ports/counters.js'
import type { BlockRow, JsonObject, MessageRow } from '../ports/rows.js'
import { todayOf } from './allowance.js'
import { applyBundle, bundle } from './apply-bundle.js'
import type { Context } from './context.js'
import { cellsFor } from './dispatch/mail-cells.js'
import { domainOfKey, eventOf, type Outgoing } from './dispatch/outgoing.js'
import { followUps, type NoticeKind } from './notices.js'
import { find } from './stored.js'

export interface KnownMail {
  readonly message: MessageRow
  /** Of the sender domain; it may have been deleted since. */
  readonly domainName: string
}

/** Something that came back about a mail that is stored: an open, a click, a complaint, an unsubscribe, a late bounce. */
export interface MailHappening extends KnownMail {
  /** Stable: a replay has the same key and changes nothing. */
  readonly key: string
  readonly kind: string
  readonly at: Instant
  /** Fact bits it sets. */
  readonly facts: number
  /** What counts once per event, beside the facts. */
  readonly raw: Counter | null
  readonly detail: JsonObject
  readonly block: BlockRow | null
  /** What callbacks call it; null: they are not told. */
  readonly notice: NoticeKind | null
  /** What they are told under and what they are told, where it is not the key and the detail of the event. */
  readonly noticeKey?: string
  readonly noticeDetail?: JsonObject
}

/**
 * Stores what happened, in one bundle: facts, counters, event row, block and the callbacks it causes. The same events in any order and any number give
 * the same result (STA-2). `also` goes along whether they are new or not. Answers for each whether it was new.
 */
export async function recordEvents(
  ctx: Context,
  happened: readonly MailHappening[],
  also: readonly Change[] = [],
): Promise<readonly boolean[]> {
  if (happened.length === 0) return []
  const now = ctx.clock.now()
  const dayStart = todayOf(ctx, now).start
  const senders: Senders = new Map()
  const mails = await Promise.all(happened.map((one) => outgoingOf(ctx, one, senders)))
  const items = happened.map((one, index) => observed(one, mails[index] as Outgoing, now, dayStart))
  const notices = happened.map((one, index) =>
    one.notice === null
      ? null
      : {
          mail: mails[index] as Outgoing,
          kind: one.notice,
          at: one.at,
          key: one.noticeKey ?? one.key,
          detail: one.noticeDetail ?? one.detail,
        },
  )
  const follow = await followUps(ctx, ctx.ids.next('event'), notices)
  const epochs = [...new Set(happened.flatMap(({ block }) => (block ? [`blocks:${block.account}`] : [])))]
  const changes: Change[] = [{ type: 'settle', shard: ctx.shard, items, follow }]
  if (epochs.length > 0) changes.push({ type: 'epoch.bump', keys: epochs })
  changes.push(...also)
  const [settled] = await applyBundle(ctx, bundle(changes))
  if (epochs.length > 0) ctx.bumped(epochs)
  if (follow.length > 0) ctx.ring('callback')
  const lost = new Set(settled?.type === 'bulk' ? settled.lost : [])
  return happened.map((_, index) => !lost.has(index))
}

/** The sender domain of a stored mail by name, as it was called when it was deleted; null if nothing says so any more. */
export async function domainNameOf(ctx: Context, message: MessageRow): Promise<string | null> {
  const { account, senderDomain, task, origin } = message
  const domain = await find(ctx, 'domain', account, senderDomain)
  if (domain) return domain.data.name
  const made = task ? await find(ctx, 'run', account, origin) : await find(ctx, 'request', account, origin)
  return made?.data.domainName ?? null
}

/** Of the requests and runs that the mails came from, each read once. */
type Senders = Map<string, Promise<string | null>>

async function outgoingOf(ctx: Context, { message, domainName }: MailHappening, senders: Senders): Promise<Outgoing> {
  const { account, origin, task } = message
  const read = async () => {
    const made = task ? await find(ctx, 'run', account, origin) : await find(ctx, 'request', account, origin)
    return made?.data.from.address ?? null
  }
  const sender = senders.get(origin) ?? read()
  senders.set(origin, sender)
  return {
    message,
    fresh: false,
    domainName,
    sender: await sender,
    recipientDomain: domainOfKey(message.recipientKey),
    run: task ? origin : '',
  }
}

function observed(one: MailHappening, mail: Outgoing, now: Instant, dayStart: Instant): Observation {
  const { bucket } = one.message
  return {
    message: one.message.id,
    insert: null,
    facts: one.facts,
    attempt: 0,
    at: one.at,
    reply: '',
    event: eventOf(mail, { key: one.key, kind: one.kind, at: one.at, sentAt: bucket, detail: one.detail }),
    raw: one.raw,
    cells: cellsFor(mail, { now, bucket, dayStart, counted: true }, new Map()),
    block: one.block,
    work: null,
  }
}
