import { type AttemptResult, Fact, failureFact, isSimulated } from '../../domain/delivery/index.js'
import { quarterBucket } from '../../domain/statistics/index.js'
import { invalidEntry, mailboxFullEntry, rejectEntry } from '../../domain/suppression/index.js'
import type { Observation } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { BlockRow, EventRow, JsonObject, MessageRow, NewWork } from '../../ports/rows.js'
import type { Policy } from '../policy.js'
import { type CellMemos, cellsFor } from './mail-cells.js'

/** One mail on its way: the row it has or will have, and what its domain is called. */
export interface Outgoing {
  readonly message: MessageRow
  /** false: the row is there already (trigger and regular mail, retries). */
  readonly fresh: boolean
  readonly domainName: string
  /** The sender's address; null if what says so is gone. */
  readonly sender: string | null
  readonly recipientDomain: string
  /** The run a batch mail belongs to, else ''. */
  readonly run: string
}

export const domainOfKey = (key: string): string => key.slice(key.lastIndexOf('@') + 1)

interface Seen {
  readonly now: Instant
  readonly dayStart: Instant
  readonly cellMemo: CellMemos
  readonly policy: Policy
  /** The account has switched on that full mailboxes are left alone for a while (BLK-4). */
  readonly blockFull: boolean
}

/** What an attempt told us, as one item to settle. `retry` is the follow-up work of a mail that has none yet. */
export function attemptSeen(
  mail: Outgoing,
  attempt: number,
  result: AttemptResult,
  retry: NewWork | null,
  seen: Seen,
): Observation {
  const bucket = mail.message.bucket || quarterBucket(seen.now)
  return {
    message: mail.message.id,
    insert: mail.fresh ? { ...mail.message, bucket } : null,
    facts: result.facts | Fact.accepted,
    attempt,
    at: seen.now,
    reply: result.reply ? `${result.reply.code} ${result.reply.text}` : (result.reason ?? ''),
    event: attempt > 1 || result.state !== 'delivered' ? attemptEvent(mail, attempt, result, seen.now, bucket) : null,
    raw: null,
    cells: cellsFor(mail, { now: seen.now, bucket, dayStart: seen.dayStart, counted: true }, seen.cellMemo(mail.run)),
    block: blockOf(mail, result, seen),
    work: retry,
  }
}

/** An event about a mail, with what lists ask by copied from it. */
export const eventOf = (
  { message, domainName, recipientDomain }: Outgoing,
  event: {
    readonly key: string
    readonly kind: string
    readonly at: Instant
    readonly sentAt: Instant
    readonly detail: JsonObject
  },
): EventRow => ({
  ...event,
  message: message.id,
  account: message.account,
  domain: domainName,
  recipientDomain,
  template: message.template,
  task: message.task,
  person: message.recipientKey,
})

/** A first attempt that is taken stands in the message itself; any other is an event, so that the timeline is whole and bounces can be listed (DLV-2, DLV-3). */
const attemptEvent = (mail: Outgoing, attempt: number, result: AttemptResult, now: Instant, sentAt: Instant) => {
  const reply = result.reply ? `${result.reply.code} ${result.reply.text}` : null
  const detail = { attempt, reply, reason: result.reason }
  return eventOf(mail, { key: `${mail.message.id}:attempt:${attempt}`, kind: result.state, at: now, sentAt, detail })
}

/** The list that the recipient enters by an attempt or by news of it. */
export function blockOf(
  mail: Pick<Outgoing, 'message' | 'domainName' | 'recipientDomain'>,
  result: Pick<AttemptResult, 'reply' | 'reason' | 'block'>,
  { now, policy, blockFull }: Pick<Seen, 'now' | 'policy' | 'blockFull'>,
): BlockRow | null {
  if (isSimulated(mail.recipientDomain)) return null
  const { account, recipientKey: key } = mail.message
  const reason = result.reply ? `${result.reply.code} ${result.reply.enhanced ?? ''}`.trim() : (result.reason ?? '')
  if (result.block === 'invalid')
    return invalidEntry({ account, key, reason, now, releaseAfterDays: policy.releaseAfterDays })
  if (result.block === 'reject') return rejectEntry({ account, key, senderDomain: mail.domainName, reason, now })
  if (result.block === 'mailbox-full' && blockFull)
    return mailboxFullEntry({ account, key, reason, now, blockForDays: policy.fullMailboxDays })
  return null
}

/** Its provider asked for a rest before it was tried: it is stored without a fact, so that nothing counts it yet, and becomes work of its own. */
export const putOff = (mail: Outgoing, work: NewWork, now: Instant): Observation => ({
  message: mail.message.id,
  insert: { ...mail.message, bucket: quarterBucket(now), facts: 0 },
  facts: 0,
  attempt: 0,
  at: now,
  reply: '',
  event: null,
  raw: null,
  cells: [],
  block: null,
  work,
})

const givenUp = (mail: Outgoing, why: string, now: Instant, sentAt: Instant): EventRow => {
  const detail = { attempt: mail.message.attempt, reply: mail.message.lastReply || null, reason: why }
  return eventOf(mail, { key: `${mail.message.id}:given-up`, kind: 'bounced', at: now, sentAt, detail })
}

/** How a mail can end without a further attempt; `bouncedSoft` if its receiver deferred it to the end (TSK-12). */
export type UntriedEnd = 'dropped' | 'cancelled' | 'expired' | 'failed' | 'bouncedSoft'

/** Of a mail that its transport has held until its time was over. */
export const untriedEndOf = ({ facts }: Pick<AttemptResult, 'facts'>): UntriedEnd =>
  (facts & Fact.bouncedSoft) === 0 ? 'expired' : 'bouncedSoft'

/** A mail that ends without a further attempt: refused by a gate, cancelled, out of time, or failed with its domain's day. */
export function endedUntried(
  mail: Outgoing,
  fact: UntriedEnd,
  why: string,
  seen: Pick<Seen, 'now' | 'cellMemo' | 'dayStart'>,
): Observation {
  const bucket = mail.message.bucket || quarterBucket(seen.now)
  return {
    message: mail.message.id,
    insert: mail.fresh ? { ...mail.message, bucket } : null,
    facts: (fact === 'failed' ? failureFact(mail.message.facts) : Fact[fact]) | Fact.accepted,
    attempt: mail.message.attempt,
    at: seen.now,
    reply: why,
    event: fact === 'bouncedSoft' ? givenUp(mail, why, seen.now, bucket) : null,
    raw: null,
    cells: cellsFor(
      mail,
      { now: seen.now, bucket, dayStart: seen.dayStart, counted: fact === 'bouncedSoft' },
      seen.cellMemo(mail.run),
    ),
    block: null,
    work: null,
  }
}
