import { splitGrant } from '../domain/quota/index.js'
import { settleRun, type TaskStanding } from '../domain/task/index.js'
import { isMailError } from '../errors/mail-error.js'
import type { Change } from '../ports/changes.js'
import type { NewWork, Work } from '../ports/rows.js'
import { type Allowance, allowanceOf, type Today, todayOf } from './allowance.js'
import { bundle, tryBundle } from './apply-bundle.js'
import { chunkJson, chunkRef } from './chunk-work.js'
import type { Context } from './context.js'
import { isHeldByDns } from './domains/may-send.js'
import { evaluateLevel } from './evaluate-level.js'
import { chunkIdBase } from './message-id.js'
import { afterRun } from './schedule/after-run.js'
import { each, find, type RunData, type Stored, updateRecord } from './stored.js'

/** Rows given out ahead of what is sent: enough for many workers, few enough that each look at a run is cheap. */
const AHEAD_ROWS = 20_000

/**
 * The one place where a domain's allowance becomes work: evaluates the level of today, grants rows of its open runs (oldest task first, TSK-6),
 * and says of each task whether it is sending, paused or done. Held by one worker at a time; killed anywhere, the next one
 * goes on from what is stored.
 */
export async function pumpDomain(ctx: Context, work: Work): Promise<void> {
  const now = ctx.clock.now()
  const today = todayOf(ctx, now)
  const domain = work.key
  const lease = { id: work.id, token: work.token ?? '' }
  let waiting = false
  let rival = false
  if (await find(ctx, 'warm-up', work.account, `warm-up:${domain}`)) {
    await evaluateLevel(ctx, work.account, domain, today)
    // Held back by its DNS (DOM-9), a domain's batches wait as on a day that is blocked; they look again when it is mended.
    const held = await isHeldByDns(ctx, work.account, domain)
    const mayGive = async () => {
      const allowance = await allowanceOf(ctx, work.account, domain, today)
      return held ? { ...allowance, available: 0, blocked: true } : allowance
    }
    let allowance = await mayGive()
    for await (const run of each(ctx, 'run', { account: work.account, parent: domain, states: ['open'] })) {
      const guard = { type: 'holder', work: work.id, token: lease.token } as const
      const verdict = await pumpRun(ctx, run, allowance, today, guard).catch((error: unknown) =>
        atFault(ctx, run, error),
      )
      if (verdict === 'rival') rival = true
      waiting ||= verdict === 'waiting'
      allowance = await mayGive()
    }
  }
  const again = rival ? now : waiting ? today.end : null
  const end: Change =
    again === null
      ? { type: 'work.finish', items: [lease] }
      : { type: 'work.release', items: [{ ...lease, dueAt: again }] }
  await tryBundle(ctx, bundle([end]))
}

/** What cannot be read of one run, its task or its work holds up no other run of the domain; the doctor names it (F18). */
function atFault(ctx: Context, run: Stored<'run'>, error: unknown): Verdict {
  if (!isMailError(error, 'DATA_CORRUPT')) throw error
  const { kind, id } = error.details
  const why = `it needs ${String(kind)} ${String(id)}, which cannot be read`
  ctx.damaged.report({ kind: 'run', account: run.account, id: run.id, why })
  return 'moving'
}

type Verdict = 'moving' | 'waiting' | 'ended' | 'rival'

async function pumpRun(
  ctx: Context,
  run: Stored<'run'>,
  allowance: Allowance,
  today: Today,
  guard: { readonly type: 'holder'; readonly work: string; readonly token: string },
): Promise<Verdict> {
  const task = await find(ctx, 'task', run.account, run.data.task)
  if (!task) return 'ended'
  const [chunks, postponed] = await Promise.all([
    ctx.storage.read.works({ kind: 'chunk', parent: run.id }),
    ctx.storage.read.works({ kind: 'postponed', parent: run.id }),
  ])
  const parked = chunks.filter((chunk) => chunkRef(chunk).quotaDay !== today.day)
  const parkedRows = parked.reduce((sum, chunk) => sum + chunkRef(chunk).to - chunkRef(chunk).from, 0)
  const activeRows = chunks.reduce((sum, chunk) => sum + chunkRef(chunk).to - chunkRef(chunk).from, 0) - parkedRows
  const free = task.state === 'sending' || task.state === 'paused' ? mayGrant(ctx, task, today) : false

  // What `resume: 'manual'` holds back stays as it is shown until the operator restarts it.
  if (task.state === 'paused' && task.data.pause?.reason !== 'operator' && !free) return 'moving'
  const wake = free && allowance.available > 0 ? parked.filter(({ token }) => token === null) : []
  const fresh = free ? Math.min(Math.max(0, allowance.available - parkedRows), Math.max(0, AHEAD_ROWS - activeRows)) : 0
  const ranges = splitGrant({ lanes: run.data.lanes, available: fresh, chunk: ctx.policy.chunkRows })
  const count = ranges.reduce((sum, { from, to }) => sum + to - from, 0)
  const standing = settleRun({
    rows: run.data.rows,
    granted: rowsGranted(run.data) + count - (wake.length > 0 ? 0 : parkedRows),
    open: chunks.length - parked.length + wake.length + ranges.length + postponed.length,
    allowance: free ? allowance.available : 0,
    operatorPaused: task.state === 'paused' && task.data.pause?.reason === 'operator',
    domainBlocked: allowance.blocked,
  })
  const ended = task.state === 'cancelled' ? chunks.length + postponed.length === 0 : standing.state === 'done'
  const changes: Change[] = []
  if (count > 0)
    changes.push({ type: 'work.put', items: await chunkWork(ctx, run, ranges, today) }, grantRun(run, ranges))
  if (wake.length > 0)
    changes.push({ type: 'work.put', sooner: true, items: wake.map((chunk) => ({ ...chunk, dueAt: ctx.clock.now() })) })
  if (ended) changes.push(...endRun(ctx, run, task))
  else changes.push(...showStanding(task, standing, today))
  if (count > 0)
    changes.push({ type: 'quota.take', scope: run.data.domain, day: today.day, count, ceiling: allowance.ceiling })
  if (changes.length > 0) {
    const result = await tryBundle(ctx, bundle(changes, [guard]))
    if (!result.applied) return 'rival'
    if (count + wake.length > 0) ctx.ring('chunk')
    if (ended && task.data.waiting > 0) ctx.ring('start')
  }
  if (ended) return 'ended'
  return standing.state === 'paused' && standing.reason !== 'operator' ? 'waiting' : 'moving'
}

function endRun(ctx: Context, run: Stored<'run'>, task: Stored<'task'>): readonly Change[] {
  const now = ctx.clock.now()
  const cancelled = task.state === 'cancelled'
  const closed = updateRecord(run, { state: cancelled ? 'cancelled' : 'done', data: { finishedAt: now } })
  return cancelled ? [closed] : [closed, ...afterRun(task, now)]
}

/** Writes the task only if what it shows is no longer true. */
function showStanding(task: Stored<'task'>, standing: TaskStanding, today: Today): readonly Change[] {
  if (task.state === 'cancelled') return []
  if (standing.state !== 'paused')
    return task.state === standing.state ? [] : [updateRecord(task, { state: standing.state, data: { pause: null } })]
  if (standing.reason === 'operator') return []
  const pause = { reason: standing.reason, until: today.end }
  const shown = task.state === 'paused' ? task.data.pause : null
  return shown?.reason === pause.reason && shown.until === pause.until
    ? []
    : [updateRecord(task, { state: 'paused', data: { pause } })]
}

/** With `resume: 'manual'` a task that a day's limit has paused waits for its restart, also when the next day has started. */
function mayGrant(ctx: Context, task: Stored<'task'>, today: Today): boolean {
  if (task.state !== 'paused') return true
  if (task.data.pause?.reason === 'operator') return false
  return ctx.policy.resume === 'auto' || (task.data.pause?.until ?? 0) > today.start
}

const rowsGranted = (run: RunData): number => Object.values(run.lanes).reduce((sum, { granted }) => sum + granted, 0)

function grantRun(run: Stored<'run'>, ranges: readonly { readonly lane: string; readonly to: number }[]): Change {
  const lanes = { ...run.data.lanes }
  for (const { lane, to } of ranges) {
    const before = lanes[lane]
    if (before) lanes[lane] = { ...before, granted: Math.max(before.granted, to) }
  }
  return updateRecord(run, { data: { lanes } })
}

/** Start-time fair queueing: an account's chunks follow one another in rank, and a newcomer starts where the others are now (ACC-5). */
async function chunkWork(
  ctx: Context,
  run: Stored<'run'>,
  ranges: readonly { readonly lane: string; readonly from: number; readonly to: number }[],
  today: Today,
): Promise<readonly NewWork[]> {
  const ranks = await ctx.storage.read.ranks({ kind: 'chunk', account: run.account })
  let rank = Math.max(ranks.floor ?? 0, ranks.last ?? 0)
  const now = ctx.clock.now()
  return ranges.map(({ lane, from, to }) => {
    rank += to - from
    const id = ctx.ids.next('work')
    const ref = {
      run: run.id,
      account: run.account,
      lane,
      from,
      to,
      quotaDay: today.day,
      idBase: chunkIdBase(ctx.ids.next('message')),
      grantedAt: now,
      partial: false,
      doubtful: 0,
    }
    return {
      id,
      kind: 'chunk',
      key: `${run.id}:${lane}:${from}`,
      account: run.account,
      parent: run.id,
      lane,
      rank,
      dueAt: now,
      ref: chunkJson(ref),
    }
  })
}
