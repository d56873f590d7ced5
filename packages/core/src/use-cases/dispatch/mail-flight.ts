import { isErased } from '../../domain/address/index.js'
import {
  afterAttempt,
  attemptGates,
  Fact,
  GIVE_UP_AFTER_MS,
  isSimulated,
  runGates,
} from '../../domain/delivery/index.js'
import type { Block } from '../../domain/suppression/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { WorkRelease } from '../../ports/changes.js'
import type { Work } from '../../ports/rows.js'
import type { RecipientOutcome } from '../../ports/transport.js'
import { allowanceOf } from '../allowance.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import { blocksFor } from '../block-lookup.js'
import { mailJson, PARKED } from '../chunk-work.js'
import { pumpRing } from '../pump-ring.js'
import { find } from '../stored.js'
import type { AccountTurn } from './account-turn.js'
import { laterWork } from './batch-mail.js'
import type { Departures } from './departures.js'
import type { Engine } from './engine.js'
import { entry } from './flusher.js'
import type { LeaseKeeper } from './lease-keeper.js'
import { noticeOf, noticeOfEnd } from './notice-of.js'
import { type OpenedMail, wasHandedOver } from './open-mails.js'
import { attemptSeen, endedUntried, type UntriedEnd, untriedEndOf } from './outgoing.js'
import { providerOf } from './route.js'
import { addSimulatedComplaint } from './simulated-complaint.js'
import type { Slots } from './slots.js'
import { tellOutcome, tellUntried } from './tell.js'

/** Levels look at single mail at most this often. */
const LEVEL_DEBOUNCE_MS = 1_000

/** What was known when the claim was opened, and how often something of it has changed since (REL-5). */
export interface Known {
  readonly blockOf: (key: string) => Block | null
  readonly blockedToday: boolean
  readonly changes: () => number
  readonly departures: Departures
  /** In the rate of its account. */
  readonly turn: AccountTurn
}

/** One attempt of one leased mail: gates, allowance, connection, answer. Resolves when the result is handed to the flusher. */
export async function flyMail(engine: Engine, claimed: OpenedMail, known: Known, leases: LeaseKeeper): Promise<void> {
  const { ctx, unsettled } = engine
  let one = claimed
  if (ctx.policy.onUnknown === 'stop' && mayHaveLeft(one)) return end(engine, one, 'failed', 'OUTCOME_UNKNOWN')
  if (one.refused !== null) return end(engine, one, 'dropped', one.refused)
  if (waits(engine, one, known) || stopped(engine, one, one.task)) return
  if (!wasHandedOver(one) && !isFree(one)) {
    const today = one.ref.quotaDay === one.today.day
    if (today && known.blockedToday) return end(engine, one, 'failed', 'DOMAIN_BLOCKED_TODAY')
    if (!today && !(await grantToday(engine, one))) return release(engine, one, one.today.end)
    one = { ...one, ref: { ...one.ref, quotaDay: one.today.day } }
  }
  const slots = await connection(engine, one.work)
  try {
    await launch(engine, one, known, leases, () => slots.give())
  } catch (error) {
    // Nothing has left: the lease runs out and the mail comes back.
    slots.give()
    unsettled.give()
    throw error
  }
}

/** The address it would leave from, '' for the shared pool. */
const sourceOf = (one: OpenedMail, { departures }: Known): string => departures.sourceOf(one.mail.message.id)?.ip ?? ''

/** Puts the mail back while the process stops, the route is closed, its provider rests, or the day it was granted for is over. */
function waits(engine: Engine, one: OpenedMail, known: Known): boolean {
  const now = engine.ctx.clock.now()
  const until = Math.max(
    engine.route.closedUntil(now),
    engine.route.pausedUntil(providerOf(one.mail.recipientDomain), sourceOf(one, known), now),
    known.departures.heldUntil(one.mail.message.id),
    known.turn.heldUntil(),
  )
  const over = !wasHandedOver(one) && now >= one.today.end
  if (until === 0 && !over && !engine.stopping()) return false
  release(engine, one, Math.max(now, until))
  return true
}

/** Ends or parks a batch mail whose task has been cancelled or paused. */
function stopped(engine: Engine, one: OpenedMail, task: OpenedMail['task']): boolean {
  if (task?.state === 'cancelled') end(engine, one, 'cancelled', 'CANCELLED')
  else if (task?.state === 'paused' && task.data.pause?.reason === 'operator') release(engine, one, PARKED)
  else return false
  return true
}

/** Takes a place among the unsettled and a connection. Those kept for trigger and regular mail are not for retries, whose peers may be slow. */
async function connection({ unsettled, singleSlots, batchSlots }: Engine, { kind }: Work): Promise<Slots> {
  await unsettled.take()
  if (kind === 'send' && singleSlots.tryTake()) return singleSlots
  if (batchSlots.tryTake()) return batchSlots
  const slots = kind === 'send' ? singleSlots : batchSlots
  await slots.take()
  return slots
}

/** The last look before it goes, with place and connection in hand; rejects only before anything has left. */
async function launch(
  engine: Engine,
  one: OpenedMail,
  known: Known,
  leases: LeaseKeeper,
  giveConnection: () => void,
): Promise<void> {
  const { unsettled } = engine
  const { message } = one.mail
  const { departures, turn } = known
  const pace = () => (engine.stopping() ? null : (departures.waitForPace(message.id) ?? turn.wait()))
  const stay = () => {
    giveConnection()
    unsettled.give()
  }
  let signed: Uint8Array | null
  let seen: number
  do {
    seen = known.changes()
    const content = await lastLook(engine, one, known, leases)
    if (content === null) return stay()
    signed = await engine.sign(one.mail, content)
    // Nothing that takes time stands between a token and the hand-over, or more would leave in a second than the rate.
    for (let wait = pace(); wait; wait = pace()) await wait
  } while (seen !== known.changes())
  if (waits(engine, one, known) || !leases.mayStart(one.work.id, engine.ctx.clock.now())) return stay()
  const source = sourceOf(one, known)
  const route = known.departures.depart(message.id)
  const from = engine.ctx.returnPaths.of(message, one.mail.domainName)
  const outcome = await engine.transmit(one.mail, signed, from, route)
  giveConnection()
  answered(engine, one, outcome, {
    source,
    undo: () => known.departures.undo(message.id),
    settled: () => unsettled.give(),
  })
}

/** The mail's bytes, or null if it does not go now; what becomes of it is handed over then. */
async function lastLook(
  engine: Engine,
  one: OpenedMail,
  known: Known,
  leases: LeaseKeeper,
): Promise<Uint8Array | null> {
  const { ctx } = engine
  const { message } = one.mail
  let { blockOf } = known
  let { compiled } = one
  let erased = isErased(message.mailbox)
  if (known.changes() > 0) {
    const mail = { account: message.account, senderDomain: one.mail.domainName, trigger: one.trigger }
    const task = one.task && (await find(ctx, 'task', message.account, one.task.id))
    if (stopped(engine, one, task)) return null
    blockOf = await blocksFor(ctx, mail, [message.recipientKey])
    compiled = await one.recompile()
    const [row] = await ctx.storage.read.messages([message.id])
    erased = isErased((row ?? message).mailbox)
    await known.departures.look()
  }
  if (waits(engine, one, known)) return null
  const now = ctx.clock.now()
  const verdict = runGates(attemptGates, {
    now,
    validUntil: one.expiresAt,
    block: blockOf(message.recipientKey),
    erased,
  })
  if (verdict.type === 'drop') {
    end(engine, one, verdict.why === 'EXPIRED' ? outOfTime(one, now) : 'dropped', verdict.why)
    return null
  }
  const content = one.render(compiled)
  if (content instanceof MailError) {
    end(engine, one, 'failed', content.code)
    return null
  }
  // Who must not send twice says first that it is about to send (REL-2).
  if (ctx.policy.onUnknown === 'stop') await leases.starting(one.work.id)
  return leases.mayStart(one.work.id, ctx.clock.now()) ? content : null
}

function answered(
  engine: Engine,
  one: OpenedMail,
  outcome: RecipientOutcome | { readonly type: 'broken'; readonly code: string },
  { source, undo, settled }: { readonly source: string; undo(): void; settled(): void },
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
    route: ctx.transport.capabilities.direct ? 'direct' : 'relay',
    facts: mail.message.facts | Fact.accepted,
  })
  if (result.routeDown && result.retryAt !== null) {
    route.failed(result.reason ?? 'unreachable', now)
    undo()
    settled()
    release(engine, one, Math.max(now + 1_000, route.closedUntil(now)))
    return
  }
  if (result.held) {
    undo()
    settled()
    if (result.retryAt === null) end(engine, one, untriedEndOf(result), 'EXPIRED')
    else release(engine, one, result.retryAt)
    return
  }
  if (!result.routeDown) route.reached()
  if (result.pauseLane) route.pause(providerOf(mail.recipientDomain), source, result.pauseLane.until)
  // Once tried, a mail that was put off is a retry like any other and holds its run open no longer (TSK-3).
  const tried = one.work.kind === 'postponed' && (result.facts & Fact.handedOver) !== 0
  const retry =
    tried && result.retryAt !== null ? laterWork('retry', mail.message.id, one.ref, mail, result.retryAt) : null
  const observation = attemptSeen(mail, attempt, result, retry, {
    now,
    dayStart: one.today.start,
    cellMemo: engine.cellMemo,
    policy: ctx.policy,
    blockFull: one.blockFull,
  })
  const stored = () => {
    settled()
    tellOutcome(ctx, mail, result, now)
  }
  // The simulator uses up nothing of what was granted to a batch (HOST-4).
  const unused = isSimulated(mail.recipientDomain) && !isFree(one) && one.ref.quotaDay === one.today.day
  const quotaReturn =
    unused && !wasHandedOver(one) ? { scope: one.domainId, day: one.today.day, count: 1, lease } : null
  const after = result.retryAt === null || tried ? { finish: lease } : { release: releaseOf(one, result.retryAt) }
  flusher.add(
    entry({
      observation,
      notice: noticeOf(mail, attempt, result, now),
      stored,
      quotaReturn,
      ...after,
      also: [pumpRing(mail.message.account, one.domainId, now + LEVEL_DEBOUNCE_MS)],
    }),
  )
  addSimulatedComplaint(flusher, mail, result, now)
}

/** A single mail to the simulator takes no allowance; a batch takes it for all rows and gets that of the simulator's back. */
const isFree = ({ mail }: OpenedMail): boolean => isSimulated(mail.recipientDomain) && mail.run === ''

/** Its day is over without a hand-over: it needs an allowance of today (TSK-6). */
async function grantToday({ ctx }: Engine, one: OpenedMail): Promise<boolean> {
  const { available, ceiling } = await allowanceOf(ctx, one.work.account, one.domainId, one.today)
  if (available === 0) return false
  const take = { type: 'quota.take', scope: one.domainId, day: one.today.day, count: 1, ceiling } as const
  const result = await tryBundle(ctx, bundle([take], [{ type: 'holder', work: one.lease.id, token: one.lease.token }]))
  return result.applied
}

/** The process that held it before died with it, perhaps after the final dot (REL-2). */
const mayHaveLeft = ({ ref, work }: OpenedMail): boolean => ref.mayHaveLeft || work.startedThrough > 0

/** Gives a mail back untried; it falls due again at `dueAt`. */
export function release({ flusher, ctx }: Engine, one: OpenedMail, dueAt: number): void {
  flusher.add(entry({ release: releaseOf(one, Math.max(dueAt, ctx.clock.now())) }))
}

const releaseOf = ({ lease, ref }: OpenedMail, dueAt: number): WorkRelease => ({
  ...lease,
  dueAt,
  ref: mailJson({ ...ref, mayHaveLeft: false }),
})

/** Deferred by its receiver for as long as mail is tried: a soft bounce (TSK-12). Anything else past its time has expired (TRG-8). */
const outOfTime = ({ mail: { message } }: OpenedMail, now: number): UntriedEnd =>
  (message.facts & Fact.deferred) !== 0 && now - message.acceptedAt >= GIVE_UP_AFTER_MS ? 'bouncedSoft' : 'expired'

function end({ ctx, flusher, cellMemo }: Engine, one: OpenedMail, fact: UntriedEnd, why: string): void {
  const { mail, lease, today } = one
  const now = ctx.clock.now()
  const unused = !isFree(one) && !wasHandedOver(one) && one.ref.quotaDay === today.day && why !== 'OUTCOME_UNKNOWN'
  flusher.add(
    entry({
      observation: endedUntried(mail, fact, why, { now, cellMemo, dayStart: today.start }),
      notice: noticeOfEnd(mail, fact, why, now),
      finish: lease,
      also: mail.run ? [pumpRing(mail.message.account, one.domainId, now)] : [],
      quotaReturn: unused ? { scope: one.domainId, day: today.day, count: 1, lease } : null,
      stored: () => tellUntried(ctx, mail, fact, why, now),
    }),
  )
}
