import { Fact } from '../../domain/delivery/index.js'
import { hourBucket } from '../../domain/statistics/index.js'
import type { Block } from '../../domain/suppression/index.js'
import type { Code } from '../../errors/codes.js'
import { MailError } from '../../errors/mail-error.js'
import type { Bundle, Change, Guard, Observation } from '../../ports/changes.js'
import type { JsonObject, NewWork } from '../../ports/rows.js'
import { type Allowance, allowanceOf, type Today, todayOf } from '../allowance.js'
import { refusalError } from '../apply-bundle.js'
import { blocksFor } from '../block-lookup.js'
import { mailJson } from '../chunk-work.js'
import { renderRequest, requestMail } from '../compose-mail.js'
import type { Context } from '../context.js'
import { cellsFor, domainOfKey } from '../dispatch/outgoing.js'
import { type Idempotency, onceGuard } from '../idempotent.js'
import { insertRecord, type RequestData, type Stored } from '../stored.js'
import type { Submit } from './coalesce.js'
import type { SendAnswer, SentMessage } from './send-input.js'
import type { Recipient, Submission } from './submission.js'

const HOUR = 3_600_000

interface Candidate extends Recipient {
  readonly id: string
  readonly refusal: { readonly code: Code; readonly until?: number | null } | null
}

/**
 * Runs the gates over a send's recipients (TRG-5) and stores the accepted ones in one bundle: request, messages, work, frequency, allowance and
 * idempotency. Resolves once that is committed (REL-1); throws, with nothing stored, if nobody was accepted or the storage did not answer (REL-4).
 */
export async function acceptSubmission(
  ctx: Context,
  submission: Submission,
  once: Idempotency | null,
  submit: Submit,
): Promise<SendAnswer> {
  const now = ctx.clock.now()
  const today = todayOf(ctx, now)
  const requestId = ctx.ids.next('request')
  const { account } = submission
  const blockOf = await blocksFor(
    ctx,
    { account, senderDomain: submission.domain.data.name, trigger: submission.kind === 'trigger' },
    submission.recipients.map(({ address }) => address.key),
  )
  const allowance = await allowanceOf(ctx, account, submission.domain.id, today)
  let candidates = submission.recipients.map((recipient) => candidateOf(ctx, recipient, blockOf(recipient.address.key)))
  for (;;) {
    const accepted = candidates.filter(({ refusal }) => refusal === null)
    const answer = answerOf(requestId, candidates)
    if (accepted.length === 0) throw nobodyAccepted(answer)
    const request = requestOf(submission, requestId, accepted, now)
    await tryRender(ctx, account, request, accepted)
    const result = await submit(
      bundleOf(ctx, submission, request, accepted, { now, today, allowance, guards: onceGuard(once, now, answer) }),
    )
    if (result.applied) {
      ctx.ring('send')
      return answer
    }
    const { refusal } = result
    if (refusal.type === 'quota' && !refusal.blocked) {
      throw new MailError('DAILY_LIMIT', { limit: refusal.ceiling, wanted: accepted.length, until: today.end })
    }
    if (refusal.type === 'quota') throw new MailError('DOMAIN_BLOCKED_TODAY', { until: today.end })
    if (refusal.type !== 'window-full')
      throw refusalError(refusal, ({ type }) => (type === 'absent' ? 'DOMAIN_NOT_VERIFIED' : undefined))
    const full = new Set(refusal.keys)
    candidates = candidates.map((one) =>
      full.has(frequencyKey(account, one)) ? { ...one, refusal: { code: 'FREQUENCY_LIMIT', until: now + HOUR } } : one,
    )
  }
}

const candidateOf = (ctx: Context, recipient: Recipient, block: Block | null): Candidate => ({
  ...recipient,
  id: ctx.ids.next('message'),
  refusal: block && { code: block.code, until: block.until },
})

const frequencyKey = (account: string, { address }: Recipient): string => `${account} ${address.key}`

const answerOf = (requestId: string, candidates: readonly Candidate[]): SendAnswer => ({
  requestId,
  messages: candidates.map(({ id, address, role, refusal }): SentMessage => {
    const to = address.mailbox
    return refusal ? { id: null, to, role, state: 'refused', refusal } : { id, to, role, state: 'accepted' }
  }),
})

/** One reason for all is that reason; several are told one by one. */
function nobodyAccepted({ messages }: SendAnswer): MailError {
  const codes = new Set(messages.map(({ refusal }) => refusal?.code))
  const [only] = codes
  return new MailError(codes.size === 1 && only ? (only as Code) : 'EVERYONE_REFUSED', {
    messages: messages.map(({ role, refusal }) => ({ role, refusal })),
  })
}

function requestOf(submission: Submission, id: string, accepted: readonly Candidate[], now: number): Stored<'request'> {
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

/** What cannot be composed is refused now, not found out by the worker. */
async function tryRender(
  ctx: Context,
  account: string,
  request: Stored<'request'>,
  accepted: readonly Candidate[],
): Promise<void> {
  const compiled = await requestMail(ctx, account, request.data)
  const [first] = accepted
  const content = first ? renderRequest(ctx, compiled, request, { id: first.id, acceptedAt: request.createdAt }) : null
  if (content instanceof Error) throw content
}

interface Moment {
  readonly now: number
  readonly today: Today
  readonly allowance: Allowance
  readonly guards: readonly Guard[]
}

function bundleOf(
  ctx: Context,
  submission: Submission,
  request: Stored<'request'>,
  accepted: readonly Candidate[],
  moment: Moment,
): Bundle {
  const { account, domain } = submission
  const { now, today, allowance } = moment
  const guards: Guard[] = [...moment.guards, { type: 'present', kind: 'domain', account, id: domain.id }]
  const { version: _, ...record } = request
  const window = {
    type: 'window.take',
    keys: accepted.map((one) => frequencyKey(account, one)),
    at: now,
    windowMs: HOUR,
    limit: ctx.policy.frequencyPerHour,
  } as const
  const changes: Change[] = [
    window,
    insertRecord(record),
    { type: 'work.put', items: accepted.map(({ id }) => workOf(ctx, account, id, request, today)) },
    { type: 'settle', shard: ctx.shard, items: accepted.map((one) => acceptedMessage(submission, request, one, now)) },
    { type: 'quota.take', scope: domain.id, day: today.day, count: accepted.length, ceiling: allowance.ceiling },
  ]
  return { guards, changes }
}

const workOf = (ctx: Context, account: string, id: string, request: Stored<'request'>, today: Today): NewWork => ({
  id: ctx.ids.next('work'),
  kind: 'send',
  key: id,
  account,
  parent: '',
  lane: '',
  rank: request.createdAt,
  dueAt: request.createdAt,
  ref: mailJson({ request: request.id, row: null, quotaDay: today.day, mayHaveLeft: false }) as JsonObject,
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
    bucket: 0,
    facts: Fact.accepted,
    attempt: 0,
    lastAt: now,
    lastReply: '',
  }
  const mail = {
    message,
    fresh: true,
    domainName: domain.data.name,
    recipientDomain: domainOfKey(one.address.key),
    run: '',
  }
  const cells = cellsFor(mail, { bucket: hourBucket(now), dayStart: 0, counted: false }, new Map())
  return {
    message: one.id,
    insert: message,
    facts: Fact.accepted,
    attempt: 0,
    at: now,
    bucket: 0,
    reply: '',
    event: null,
    raw: null,
    cells,
    block: null,
    work: null,
  }
}
