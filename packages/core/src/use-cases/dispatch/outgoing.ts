import { type AttemptResult, Fact, failureFact } from '../../domain/delivery/index.js'
import { cellsOf, hourBucket } from '../../domain/statistics/index.js'
import { invalidEntry, rejectEntry } from '../../domain/suppression/index.js'
import type { Observation } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { BlockRow, CellKey, MessageRow, NewWork } from '../../ports/rows.js'
import type { Policy } from '../policy.js'

/** One mail on its way: the row it has or will have, and what its domain is called. */
export interface Outgoing {
  readonly message: MessageRow
  /** false: the row is there already (trigger and regular mail, retries). */
  readonly fresh: boolean
  readonly domainName: string
  readonly recipientDomain: string
  /** The run a batch mail belongs to, else ''. */
  readonly run: string
}

export const domainOfKey = (key: string): string => key.slice(key.lastIndexOf('@') + 1)

/** Cells of one batch or send share their objects, so that an adapter can add them up by identity. */
export type CellMemo = Map<string, readonly CellKey[]>

/** Where a mail counts: both statistics cubes, its run, and (if it reached a server) the day of its domain for the level decision (TSK-11). */
export function cellsFor(
  mail: Outgoing,
  at: { readonly bucket: Instant; readonly dayStart: Instant; readonly counted: boolean },
  memo: CellMemo,
): readonly CellKey[] {
  const { message } = mail
  const key = `${message.senderDomain} ${mail.recipientDomain} ${mail.run} ${message.template} ${at.bucket} ${at.dayStart} ${at.counted} ${message.account}`
  const known = memo.get(key)
  if (known) return known
  const blank = { account: message.account, domain: '', recipientDomain: '', template: '', task: '' }
  const cells: CellKey[] = [
    ...cellsOf({
      account: message.account,
      at: at.bucket,
      senderDomain: mail.domainName,
      recipientDomain: mail.recipientDomain,
      template: message.template,
      task: message.task,
    }),
  ]
  if (mail.run) cells.push({ ...blank, cube: 'run', bucket: 0, task: mail.run })
  if (at.counted) cells.push({ ...blank, cube: 'day', bucket: at.dayStart, domain: message.senderDomain })
  memo.set(key, cells)
  return cells
}

interface Seen {
  readonly now: Instant
  readonly dayStart: Instant
  readonly memo: CellMemo
  readonly policy: Policy
}

/** What an attempt told us, as one item to settle. `retry` is the follow-up work of a mail that has none yet. */
export function attemptSeen(
  mail: Outgoing,
  attempt: number,
  result: AttemptResult,
  retry: NewWork | null,
  seen: Seen,
): Observation {
  const bucket = mail.message.bucket || hourBucket(seen.now)
  return {
    message: mail.message.id,
    insert: mail.fresh ? { ...mail.message, bucket } : null,
    facts: result.facts | Fact.accepted,
    attempt,
    at: seen.now,
    bucket,
    reply: result.reply ? `${result.reply.code} ${result.reply.text}` : (result.reason ?? ''),
    event: attempt > 1 ? attemptEvent(mail, attempt, result, seen.now) : null,
    raw: null,
    cells: cellsFor(mail, { bucket, dayStart: seen.dayStart, counted: true }, seen.memo),
    block: blockOf(mail, result, seen),
    work: retry,
  }
}

/** The first outcome stands in the message itself; each later attempt is an event, so that the timeline is whole. */
const attemptEvent = (mail: Outgoing, attempt: number, result: AttemptResult, now: Instant) => ({
  key: `${mail.message.id}:attempt:${attempt}`,
  message: mail.message.id,
  account: mail.message.account,
  kind: result.state,
  at: now,
  detail: { attempt, reply: result.reply ? `${result.reply.code} ${result.reply.text}` : null, reason: result.reason },
})

function blockOf(mail: Outgoing, result: AttemptResult, { now, policy }: Seen): BlockRow | null {
  const { account, recipientKey: key } = mail.message
  const reason = result.reply ? `${result.reply.code} ${result.reply.enhanced ?? ''}`.trim() : (result.reason ?? '')
  if (result.block === 'invalid')
    return invalidEntry({ account, key, reason, now, releaseAfterDays: policy.releaseAfterDays })
  if (result.block === 'reject') return rejectEntry({ account, key, senderDomain: mail.domainName, reason, now })
  return null
}

/** Its provider asked for a rest before it was tried: it is stored without a fact, so that nothing counts it yet, and becomes work of its own. */
export const putOff = (mail: Outgoing, work: NewWork, now: Instant): Observation => ({
  message: mail.message.id,
  insert: { ...mail.message, facts: 0 },
  facts: 0,
  attempt: 0,
  at: now,
  bucket: 0,
  reply: '',
  event: null,
  raw: null,
  cells: [],
  block: null,
  work,
})

/** How a mail can end without a further attempt; `bouncedSoft` if its receiver deferred it to the end (TSK-12). */
export type UntriedEnd = 'dropped' | 'cancelled' | 'expired' | 'failed' | 'bouncedSoft'

/** A mail that ends without a further attempt: refused by a gate, cancelled, out of time, or failed with its domain's day. */
export function endedUntried(
  mail: Outgoing,
  fact: UntriedEnd,
  why: string,
  seen: Pick<Seen, 'now' | 'memo' | 'dayStart'>,
): Observation {
  const bucket = mail.message.bucket || hourBucket(seen.now)
  return {
    message: mail.message.id,
    insert: mail.fresh ? { ...mail.message, bucket } : null,
    facts: (fact === 'failed' ? failureFact(mail.message.facts) : Fact[fact]) | Fact.accepted,
    attempt: mail.message.attempt,
    at: seen.now,
    bucket,
    reply: why,
    event: null,
    raw: null,
    cells: cellsFor(mail, { bucket, dayStart: seen.dayStart, counted: fact === 'bouncedSoft' }, seen.memo),
    block: null,
    work: null,
  }
}
