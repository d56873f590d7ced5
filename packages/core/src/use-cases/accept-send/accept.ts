import type { Block } from '../../domain/suppression/index.js'
import type { Code } from '../../errors/codes.js'
import { MailError } from '../../errors/mail-error.js'
import { type Allowance, allowanceOf, openingCeiling, type Today, todayOf } from '../allowance.js'
import { refusalError } from '../apply-bundle.js'
import { blocksFor } from '../block-lookup.js'
import { renderRequest, requestMail, untracked } from '../compose-mail.js'
import type { Context } from '../context.js'
import { frequencyKey, HOUR } from '../frequency.js'
import type { Once } from '../idempotent.js'
import { sentMessageId } from '../message-id.js'
import type { Stored } from '../stored.js'
import { type NoteRefused, refusedItems } from './count-refused.js'
import type { Place } from './place.js'
import { bundleOf, type Candidate, insertsOf, realOf, requestOf } from './send-bundle.js'
import { DEFERRED_GATES, type SendAnswer, type SentMessage } from './send-input.js'
import type { Recipient, Submission } from './submission.js'

/**
 * Runs the gates over a send's recipients (TRG-5) and stores the accepted ones in one bundle: request, messages, work, frequency, allowance and
 * idempotency. Resolves once that is committed (REL-1); throws, with nothing stored, if nobody was accepted or the storage did not answer (REL-4).
 * Within the caller's transaction it resolves once that is inserted, and what is counted is counted later.
 */
export async function acceptSubmission(
  place: Place,
  submission: Submission,
  once: Once<SendAnswer>,
  note: NoteRefused = () => {},
): Promise<SendAnswer> {
  const { ctx } = place
  const now = ctx.clock.now()
  const today = todayOf(ctx, now)
  const requestId = ctx.ids.next('request')
  const { account } = submission
  const [blockOf, room] = await Promise.all([
    blocksFor(
      ctx,
      { account, senderDomain: submission.domain.data.name, trigger: submission.kind === 'trigger' },
      submission.recipients.map(({ address }) => address.key),
    ),
    roomOf(place, submission, today),
  ])
  let candidates = submission.recipients.map((recipient, index) =>
    candidateOf(sentMessageId(requestId, index), recipient, blockOf(recipient.address.key)),
  )
  for (;;) {
    const accepted = candidates.filter(({ refusal }) => refusal === null)
    const answer = answerOf(requestId, candidates, submission, place)
    const refused = candidates.filter(({ refusal }) => refusal !== null)
    if (accepted.length === 0) {
      note(refusedItems(submission, refused, now))
      throw nobodyAccepted(answer)
    }
    const turnedDown = refusedItems(submission, refused, now)
    const request = requestOf(submission, requestId, accepted, now, place.withinTx ? turnedDown : null)
    await tryRender(ctx, account, request, accepted)
    const moment = { now, today, ceiling: room.ceiling, guards: once(answer) }
    if (realOf(accepted).length > room.available) {
      note(refusedItems(submission, candidates, now))
      throw noAllowance(room, accepted.length, today)
    }
    const result = await place.submit(
      place.withinTx
        ? insertsOf(ctx, submission, request, accepted, moment)
        : bundleOf(ctx, submission, request, { accepted, turnedDown }, moment),
    )
    if (result.applied) {
      place.ring()
      return answer
    }
    const { refusal } = result
    if (refusal.type === 'quota') {
      note(refusedItems(submission, candidates, now))
      throw noAllowance(refusal, accepted.length, today)
    }
    if (refusal.type !== 'window-full')
      throw refusalError(refusal, ({ type }) => (type === 'absent' ? 'DOMAIN_NOT_VERIFIED' : undefined))
    const full = new Set(refusal.keys)
    candidates = candidates.map((one) =>
      full.has(frequencyKey(account, one.address.key))
        ? { ...one, refusal: { code: 'FREQUENCY_LIMIT', until: now + HOUR } }
        : one,
    )
  }
}

type Room = Pick<Allowance, 'ceiling' | 'available' | 'blocked'>

/** Within the caller's transaction nothing is taken of the day, so it is only looked at; else the bundle decides. */
async function roomOf({ ctx, withinTx }: Place, { account, domain }: Submission, today: Today): Promise<Room> {
  if (withinTx) return allowanceOf(ctx, account, domain.id, today)
  return { ceiling: await openingCeiling(ctx, account, domain.id, today), available: Infinity, blocked: false }
}

const candidateOf = (id: string, recipient: Recipient, block: Block | null): Candidate => ({
  ...recipient,
  id,
  refusal: block && { code: block.code, until: block.until },
})

const answerOf = (
  requestId: string,
  candidates: readonly Candidate[],
  { warnings }: Pick<Submission, 'warnings'>,
  { withinTx }: Pick<Place, 'withinTx'>,
): SendAnswer => ({
  requestId,
  warnings,
  ...(withinTx ? { deferredGates: DEFERRED_GATES } : {}),
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

/** A send over the daily limit is refused whole, with the time of the next day start (TRG-5). */
function noAllowance(
  { blocked, ceiling }: Pick<Allowance, 'blocked' | 'ceiling'>,
  wanted: number,
  { end: until }: Today,
): MailError {
  return blocked
    ? new MailError('DOMAIN_BLOCKED_TODAY', { until })
    : new MailError('DAILY_LIMIT', { limit: ceiling, wanted, until })
}

/** What cannot be composed is refused now, not found out by the worker. */
async function tryRender(
  ctx: Context,
  account: string,
  request: Stored<'request'>,
  accepted: readonly Candidate[],
): Promise<void> {
  const compiled = await requestMail(ctx, account, request.data, untracked)
  const [first] = accepted
  if (!first) return
  const { id, address } = first
  const content = renderRequest(ctx, compiled, request, {
    id,
    account,
    acceptedAt: request.createdAt,
    recipientKey: address.key,
  })
  if (content instanceof Error) throw content
}
