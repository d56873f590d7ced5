import { Fact, isSimulated } from '../../domain/delivery/index.js'
import { quarterBucket } from '../../domain/statistics/index.js'
import type { Code } from '../../errors/codes.js'
import type { Bundle, Change, CountItem, Guard, Observation } from '../../ports/changes.js'
import type { JsonObject, NewWork } from '../../ports/rows.js'
import type { Today } from '../allowance.js'
import { mailJson } from '../chunk-work.js'
import type { Context } from '../context.js'
import { cellsFor } from '../dispatch/mail-cells.js'
import { domainOfKey } from '../dispatch/outgoing.js'
import { frequencyKey, frequencyWindow } from '../frequency.js'
import { insertRecord, type RequestData, type Stored } from '../stored.js'
import { unchanged } from './sources.js'
import type { Recipient, Submission } from './submission.js'

/** A recipient with the id of its mail, and why a gate refuses it, if one does. */
export interface Candidate extends Recipient {
  readonly id: string
  readonly refusal: { readonly code: Code; readonly until?: number | null } | null
}

/** `turnedDown`: within the caller's transaction, what is counted when the gates are asked. */
export function requestOf(
  submission: Submission,
  id: string,
  accepted: readonly Candidate[],
  now: number,
  turnedDown: readonly CountItem[] | null,
): Stored<'request'> {
  const of = (role: Recipient['role']) =>
    accepted
      .filter((one) => one.role === role)
      .map(({ id: message, name, address }) => ({ message, name, mailbox: address.mailbox }))
  const expiresAt = now + submission.validForSeconds * 1_000
  const data: RequestData = {
    ...submission.content,
    kind: submission.kind,
    to: of('to'),
    cc: of('cc'),
    bcc: of('bcc'),
    expiresAt,
    deferred: turnedDown && { asked: false, turnedDown },
  }
  return {
    kind: 'request',
    account: submission.account,
    id,
    version: 0,
    parent: '',
    name: '',
    state: '',
    createdAt: now,
    data,
  }
}

/** What the gates have looked at. */
export interface Moment {
  readonly now: number
  readonly today: Today
  /** What the day opens with, if nobody has opened it yet. */
  readonly ceiling: number
  readonly guards: readonly Guard[]
}

/** A send as it is stored: request, messages, work, and what it takes of hour and day. */
export function bundleOf(
  ctx: Context,
  submission: Submission,
  request: Stored<'request'>,
  { accepted, turnedDown }: { readonly accepted: readonly Candidate[]; readonly turnedDown: readonly CountItem[] },
  moment: Moment,
): Bundle {
  const { account, domain } = submission
  const { now, today, ceiling } = moment
  const guards: Guard[] = [...moment.guards, ...unchanged(submission.standsOn)]
  const { version: _, ...record } = request
  const real = realOf(accepted)
  const keys = real.map(({ address }) => frequencyKey(account, address.key))
  const changes: Change[] = [
    frequencyWindow(ctx, keys, now),
    insertRecord(record),
    { type: 'work.put', items: accepted.map(({ id }) => workOf(ctx, account, id, request, today.day)) },
    { type: 'settle', shard: ctx.shard, items: accepted.map((one) => acceptedMessage(submission, request, one, now)) },
  ]
  if (turnedDown.length > 0) changes.push({ type: 'count', shard: ctx.shard, items: turnedDown })
  if (real.length > 0)
    changes.push({
      type: 'quota.take',
      scope: domain.id,
      day: today.day,
      count: real.length,
      ceiling,
    })
  return { guards, changes }
}

/** The simulator's addresses take no allowance (HOST-4). */
export const realOf = (accepted: readonly Candidate[]): readonly Candidate[] =>
  accepted.filter(({ address }) => !isSimulated(domainOfKey(address.key)))

/** A send within the caller's transaction: inserts only. Without a fact a message counts nowhere, and is counted with its first outcome. */
export function insertsOf(
  ctx: Context,
  submission: Submission,
  request: Stored<'request'>,
  accepted: readonly Candidate[],
  { guards, now }: Moment,
): Bundle {
  const { account } = submission
  const { version: _, ...record } = request
  const uncounted = (one: Observation): Observation => ({
    ...one,
    insert: one.insert && { ...one.insert, facts: 0 },
    facts: 0,
    cells: [],
  })
  const items = accepted.map((one) => uncounted(acceptedMessage(submission, request, one, now)))
  const changes: Change[] = [
    insertRecord(record),
    { type: 'work.put', items: accepted.map(({ id }) => workOf(ctx, account, id, request, '')) },
    { type: 'settle', shard: ctx.shard, items },
  ]
  return { guards, changes }
}

/** `quotaDay` '': no allowance has been taken. */
const workOf = (ctx: Context, account: string, id: string, request: Stored<'request'>, quotaDay: string): NewWork => ({
  id: ctx.ids.next('work'),
  kind: 'send',
  key: id,
  account,
  parent: '',
  lane: '',
  rank: request.createdAt,
  dueAt: request.createdAt,
  ref: mailJson({ request: request.id, row: null, quotaDay, mayHaveLeft: false }) as JsonObject,
})

function acceptedMessage(submission: Submission, request: Stored<'request'>, one: Candidate, now: number): Observation {
  const { account, domain, template } = submission
  const message = {
    id: one.id,
    account,
    task: '',
    origin: request.id,
    lane: '',
    seq: 0,
    mailbox: one.address.mailbox,
    recipientKey: one.address.key,
    senderDomain: domain.id,
    template,
    acceptedAt: now,
    bucket: quarterBucket(now),
    facts: Fact.accepted,
    attempt: 0,
    lastAt: now,
    lastReply: '',
  }
  const mail = {
    message,
    fresh: true,
    domainName: domain.data.name,
    sender: submission.content.from.address,
    recipientDomain: domainOfKey(one.address.key),
    run: '',
  }
  const cells = cellsFor(mail, { now, bucket: quarterBucket(now), dayStart: 0, counted: false }, new Map())
  return {
    message: one.id,
    insert: message,
    facts: Fact.accepted,
    attempt: 0,
    at: now,
    reply: '',
    event: null,
    raw: null,
    cells,
    block: null,
    work: null,
  }
}
