import { type DueDecision, decideDue } from '../../domain/task/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { Work } from '../../ports/rows.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find, type Stored, typed, updateRecord } from '../stored.js'
import { endWaiting } from './end-waiting.js'
import { fireOccurrence, isBeingImported, type Turn } from './fire-occurrence.js'
import { insertOccurrence, insertSkipped } from './occurrence-records.js'
import { taskHolds } from './task-holds.js'

/** An import is over soon; the start looks again after this. */
const IMPORT_WAIT_MS = 5_000
/** Occurrences decided on in one bundle. */
const MOST = 200
/** A rule that takes long to follow is left after so long, for others to have their turn (ACC-5). */
const LOOK_MS = 100

/** A rival that is faster each time is as good as this one: the work comes back when its lease ends. */
const TRIES = 20

/**
 * Decides on what is due of one task and fires what may (TSK-5). Any number of schedulers may try it at once and be killed anywhere: each bundle is
 * guarded by the work's lease and the task's version, so each occurrence is decided on once; whoever is refused looks again.
 */
export async function fireDue(ctx: Context, work: Work): Promise<void> {
  for (let refused = 0; refused < TRIES; ) {
    const outcome = await takeStep(ctx, work)
    if (outcome === 'over') return
    if (outcome === 'refused') refused += 1
    await ctx.breathe()
  }
}

/** What a step writes, and when the work is due again; null: nothing more will fire by itself. */
interface Step {
  readonly changes: readonly Change[]
  readonly again: Instant | null
}

async function takeStep(ctx: Context, work: Work): Promise<'more' | 'over' | 'refused'> {
  const lease = { id: work.id, token: work.token ?? '' }
  const now = ctx.clock.now()
  const task = await find(ctx, 'task', work.account, work.key)
  const { changes, again } = await stepOf(ctx, task, now).catch((error: unknown): Step => {
    if (isBeingImported(error)) return { changes: [], again: now + IMPORT_WAIT_MS }
    throw error
  })
  const more = again !== null && again <= now
  const result = await tryBundle(
    ctx,
    bundle(
      [...changes, ...(more ? [] : [givenBack(lease, again)])],
      [{ type: 'holder', work: work.id, token: lease.token }],
    ),
  )
  if (!result.applied) return result.refusal.type === 'lease-lost' ? 'over' : 'refused'
  if (changes.length > 0) ctx.ring('pump')
  return more ? 'more' : 'over'
}

const givenBack = (lease: { readonly id: string; readonly token: string }, again: Instant | null): Change =>
  again === null
    ? { type: 'work.finish', items: [lease] }
    : { type: 'work.release', items: [{ ...lease, dueAt: again }] }

async function stepOf(ctx: Context, task: Stored<'task'> | null, now: Instant): Promise<Step> {
  if (!task) return { changes: [], again: null }
  const { state, data } = task
  if (isOver(task)) return endWaiting(ctx, task, now)
  // The operator's pause holds the schedule as well; his restart puts the work again.
  if (state === 'paused' && data.pause?.reason === 'operator') return { changes: [], again: null }
  if (data.waiting > 0 && data.openRun === null) return fireWaiting(ctx, task, now)
  if (data.nextRun === null || data.nextRun > now) return { changes: [], again: data.nextRun }
  const { fire, wait, skipped, nextRun } = decide(ctx, task, data.nextRun, now)
  const records = [
    ...wait.map((at) => insertOccurrence(task, at, 'waiting')),
    ...skipped.map((row) => insertSkipped(task, row)),
  ]
  const patch = { nextRun, waiting: data.waiting + wait.length }
  if (fire === null) {
    const over = nextRun === null && patch.waiting === 0 && data.openRun === null
    const next = updateRecord(task, { ...(over ? { state: 'done' } : {}), data: patch })
    return { changes: [...records, next, ...(over ? taskHolds(task, false) : [])], again: nextRun }
  }
  const { changes, again } = await fireTurn(ctx, task, { due: fire }, patch, now)
  return { changes: [...records, ...changes], again }
}

const isOver = ({ state, data: { schedule } }: Stored<'task'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled' || (schedule.type === 'recurring' && !schedule.cycle)

async function fireWaiting(ctx: Context, task: Stored<'task'>, now: Instant): Promise<Step> {
  const { account, id: parent, data } = task
  const states = ['waiting']
  const page = await ctx.storage.read.records({
    kind: 'occurrence',
    account,
    parent,
    states,
    order: 'oldest',
    limit: 1,
  })
  const [first] = page.items
  // None: a rival has just fired it, and refuses this; or the count is wrong, and is put right.
  if (!first) return { changes: [updateRecord(task, { data: { waiting: 0 } })], again: now }
  const patch = { nextRun: data.nextRun, waiting: data.waiting - 1 }
  return fireTurn(ctx, task, { waited: typed<'occurrence'>(first) }, patch, now)
}

async function fireTurn(
  ctx: Context,
  task: Stored<'task'>,
  turn: Turn,
  patch: { readonly nextRun: Instant | null; readonly waiting: number },
  now: Instant,
): Promise<Step> {
  const { changes, fired } = await fireOccurrence(ctx, task, turn, patch)
  return { changes, again: !fired && patch.waiting > 0 ? now : patch.nextRun }
}

/** A task that does not recur has one occurrence, which fires however late it is. */
function decide(ctx: Context, { data }: Stored<'task'>, nextRun: Instant, now: Instant): DueDecision {
  const { schedule } = data
  if (schedule.type !== 'recurring') return { fire: nextRun, wait: [], skipped: [], nextRun: null }
  return decideDue({
    schedule,
    nextRun,
    now,
    busy: data.openRun !== null,
    waiting: data.waiting > 0,
    onTimeMs: ctx.policy.onTimeSeconds * 1_000,
    most: MOST,
    inTime: () => ctx.clock.now() < now + LOOK_MS,
  })
}
