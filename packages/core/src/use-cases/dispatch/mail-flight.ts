import { afterAttempt, attemptGates, Fact, GIVE_UP_AFTER_MS, runGates } from '../../domain/delivery/index.js'
import type { Block } from '../../domain/suppression/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { WorkRelease } from '../../ports/changes.js'
import type { RecipientOutcome } from '../../ports/transport.js'
import { allowanceOf } from '../allowance.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import { blocksFor } from '../block-lookup.js'
import { mailJson } from '../chunk-work.js'
import { returnPath } from '../message-id.js'
import { pumpRing } from '../pump-ring.js'
import type { Engine } from './engine.js'
import { entry } from './flusher.js'
import type { LeaseKeeper } from './lease-keeper.js'
import { type OpenedMail, wasHandedOver } from './open-mails.js'
import { attemptSeen, type CellMemo, endedUntried, type UntriedEnd } from './outgoing.js'
import { providerOf } from './route.js'
import type { Slots } from './slots.js'
import { tellOutcome, tellUntried } from './tell.js'

/** Levels look at single mail at most this often. */
const LEVEL_DEBOUNCE_MS = 1_000

/** What the blocklist said when the claim was opened, and whether it has changed since (REL-5). */
export interface BlockLookup {
  readonly of: (key: string) => Block | null
  readonly stale: () => boolean
}

/** One attempt of one leased mail: gates, allowance, connection, answer. Resolves when the result is handed to the flusher. */
export async function flyMail(
  engine: Engine,
  claimed: OpenedMail,
  blockOf: BlockLookup,
  blockedToday: boolean,
  leases: LeaseKeeper,
): Promise<void> {
  const { ctx, route, unsettled } = engine
  let one = claimed
  const now = ctx.clock.now()
  const { message, recipientDomain } = one.mail
  const held = engine.stopping()
    ? now
    : Math.max(route.closedUntil(now), route.pausedUntil(providerOf(message.lane, recipientDomain), now))
  if (held > 0) return release(engine, one, held)
  if (ctx.policy.onUnknown === 'stop' && mayHaveLeft(one)) return end(engine, one, 'failed', 'OUTCOME_UNKNOWN')
  if (one.task?.state === 'cancelled') return end(engine, one, 'cancelled', 'CANCELLED')
  if (one.task?.state === 'paused' && one.task.data.pause?.reason === 'operator')
    return release(engine, one, now + 60_000)
  if (!wasHandedOver(one)) {
    const today = one.ref.quotaDay === one.today.day
    if (today && blockedToday && one.task === null) return end(engine, one, 'failed', 'DOMAIN_BLOCKED_TODAY')
    if (!today && !(await grantToday(engine, one))) return release(engine, one, one.today.end)
    one = { ...one, ref: { ...one.ref, quotaDay: one.today.day } }
  }
  const slots = await connection(engine)
  try {
    await launch(engine, one, blockOf, leases, () => slots.give())
  } catch (error) {
    // Nothing has left: the lease runs out and the mail comes back.
    slots.give()
    unsettled.give()
    throw error
  }
}

/** Takes a place among the unsettled and a connection: one kept for single mail, or a free one of the batch's. */
async function connection({ unsettled, singleSlots, batchSlots }: Engine): Promise<Slots> {
  await unsettled.take()
  if (singleSlots.tryTake()) return singleSlots
  if (batchSlots.tryTake()) return batchSlots
  await singleSlots.take()
  return singleSlots
}

/** The last look before it goes, with place and connection in hand; rejects only before anything has left. */
async function launch(
  engine: Engine,
  one: OpenedMail,
  blockOf: BlockLookup,
  leases: LeaseKeeper,
  giveConnection: () => void,
): Promise<void> {
  const { ctx, unsettled } = engine
  const { message } = one.mail
  const mail = { account: message.account, senderDomain: one.mail.domainName, trigger: one.trigger }
  const lookup = blockOf.stale() ? await blocksFor(ctx, mail, [message.recipientKey]) : blockOf.of
  const now = ctx.clock.now()
  const verdict = runGates(attemptGates, { now, validUntil: one.expiresAt, block: lookup(message.recipientKey) })
  const content = verdict.type === 'pass' && leases.mayStart(one.work.id, now) ? one.render() : null
  if (content === null || content instanceof MailError) {
    giveConnection()
    unsettled.give()
    if (verdict.type === 'drop')
      end(engine, one, verdict.why === 'EXPIRED' ? outOfTime(one, now) : 'dropped', verdict.why)
    else if (content) end(engine, one, 'failed', content.code)
    return
  }
  const outcome = await engine.transmit(one.mail, content, returnPath(message.id, one.mail.domainName))
  giveConnection()
  answered(engine, one, outcome, () => unsettled.give())
}

function answered(
  engine: Engine,
  one: OpenedMail,
  outcome: RecipientOutcome | { readonly type: 'broken'; readonly code: string },
  settled: () => void,
): void {
  const { ctx, flusher, route } = engine
  const { mail, lease } = one
  if (outcome.type === 'broken') {
    settled()
    end(engine, one, 'failed', outcome.code)
    return
  }
  const now = ctx.clock.now()
  const attempt = mail.message.attempt + 1
  const { onUnknown } = ctx.policy
  const validForSeconds = Math.max(0, (one.expiresAt - mail.message.acceptedAt) / 1_000)
  const result = afterAttempt({
    outcome,
    attempt,
    now,
    acceptedAt: mail.message.acceptedAt,
    random: ctx.random(),
    validForSeconds,
    onUnknown,
    route: 'relay',
    facts: mail.message.facts | Fact.accepted,
  })
  if (result.routeDown && result.retryAt !== null) {
    route.failed(result.reason ?? 'unreachable', now)
    settled()
    release(engine, one, Math.max(now + 1_000, route.closedUntil(now)))
    return
  }
  if (!result.routeDown) route.reached()
  if (result.pauseLane) route.pause(providerOf(mail.message.lane, mail.recipientDomain), result.pauseLane.until)
  const memo: CellMemo = new Map()
  const observation = attemptSeen(mail, attempt, result, null, {
    now,
    dayStart: one.today.start,
    memo,
    policy: ctx.policy,
  })
  const stored = () => {
    settled()
    tellOutcome(ctx, mail, result, now)
  }
  const after = result.retryAt === null ? { finish: lease } : { release: releaseOf(one, result.retryAt) }
  flusher.add(
    entry({
      observation,
      stored,
      ...after,
      also: [pumpRing(mail.message.account, one.domainId, now + LEVEL_DEBOUNCE_MS)],
    }),
  )
}

/** Its day is over without a hand-over: it needs an allowance of today (TSK-6). */
async function grantToday({ ctx }: Engine, one: OpenedMail): Promise<boolean> {
  const { available, ceiling } = await allowanceOf(ctx, one.work.account, one.domainId, one.today)
  if (available === 0) return false
  const take = { type: 'quota.take', scope: one.domainId, day: one.today.day, count: 1, ceiling } as const
  const result = await tryBundle(ctx, bundle([take], [{ type: 'holder', work: one.lease.id, token: one.lease.token }]))
  return result.applied
}

/** The process that held it before died with it, perhaps after the final dot (REL-2). */
const mayHaveLeft = ({ ref, work }: OpenedMail): boolean => ref.mayHaveLeft || work.attempt > ref.released + 1

/** Gives a mail back untried; it falls due again at `dueAt`. */
export function release({ flusher, ctx }: Engine, one: OpenedMail, dueAt: number): void {
  flusher.add(entry({ release: releaseOf(one, Math.max(dueAt, ctx.clock.now())) }))
}

const releaseOf = ({ lease, ref, work }: OpenedMail, dueAt: number): WorkRelease => ({
  ...lease,
  dueAt,
  ref: mailJson({ ...ref, mayHaveLeft: false, released: work.attempt }),
})

/** Deferred by its receiver for as long as mail is tried: a soft bounce (TSK-12). Anything else past its time has expired (TRG-8). */
const outOfTime = ({ mail: { message } }: OpenedMail, now: number): UntriedEnd =>
  (message.facts & Fact.deferred) !== 0 && now - message.acceptedAt >= GIVE_UP_AFTER_MS ? 'bouncedSoft' : 'expired'

function end({ ctx, flusher }: Engine, one: OpenedMail, fact: UntriedEnd, why: string): void {
  const { mail, lease, today } = one
  const now = ctx.clock.now()
  const unused = !wasHandedOver(one) && one.ref.quotaDay === today.day
  flusher.add(
    entry({
      observation: endedUntried(mail, fact, why, { now, memo: new Map(), dayStart: today.start }),
      finish: lease,
      quotaReturn: unused ? { scope: one.domainId, day: today.day, count: 1 } : null,
      stored: () => tellUntried(ctx, mail, fact, why, now),
    }),
  )
}
