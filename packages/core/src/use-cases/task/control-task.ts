import { requireAction, type TaskAction, type TaskStanding } from '../../domain/task/index.js'
import { isMailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { pumpRing } from '../pump-ring.js'
import { releaseHolds } from '../start-run.js'
import { get, type Stored, updateRecord } from '../stored.js'

export const standingOf = (task: Stored<'task'>): TaskStanding =>
  task.state === 'paused' ? { state: 'paused', reason: task.data.pause?.reason ?? 'operator' } : { state: task.state }

/**
 * Pause, restart, cancel (TSK-14). Once it has answered, no mail of this process that had not been started goes; other processes follow within one
 * flush window (REL-5), because the epoch their work watches has moved.
 * @throws STATE_INVALID naming the state and what is possible.
 */
export async function controlTask(ctx: Context, account: string, id: string, action: TaskAction): Promise<void> {
  for (;;) {
    const task = await get(ctx, 'task', account, id)
    requireAction(action, standingOf(task))
    const now = ctx.clock.now()
    const epoch = `task:${id}`
    const started = task.data.run !== null
    const wake: Change[] = started
      ? [...(await chunksDue(ctx, task, now)), pumpRing(account, task.data.domain, now)]
      : []
    const changes: Change[] = [
      { type: 'epoch.bump', keys: [epoch] },
      ...controlled(task, action, now, started),
      ...wake,
    ]
    try {
      await applyBundle(ctx, bundle(changes))
    } catch (error) {
      // The pump or a rival moved the task meanwhile: decide again on what it is now.
      if (isMailError(error, 'CHANGED_MEANWHILE')) continue
      throw error
    }
    ctx.bumped([epoch])
    for (const kind of ['chunk', 'retry', 'pump', 'start'] as const) ctx.ring(kind)
    return
  }
}

function controlled(task: Stored<'task'>, action: TaskAction, now: number, started: boolean): readonly Change[] {
  const startWork = (dueAt: number): Change => ({
    type: 'work.put',
    sooner: true,
    items: [
      {
        id: `start:${task.id}`,
        kind: 'start',
        key: task.id,
        account: task.account,
        parent: task.id,
        lane: '',
        rank: dueAt,
        dueAt,
        ref: {},
      },
    ],
  })
  switch (action) {
    case 'pause':
      return [updateRecord(task, { state: 'paused', data: { pause: { reason: 'operator', until: null } } })]
    case 'restart':
      return started
        ? [updateRecord(task, { state: 'sending', data: { pause: null } })]
        : [updateRecord(task, { state: 'to-start', data: { pause: null } }), startWork(now)]
    case 'cancel':
      return [updateRecord(task, { state: 'cancelled', data: { pause: null, nextRun: null } }), ...releaseHolds(task)]
    default:
      return action satisfies never
  }
}

/** Chunks look at their task as soon as they are claimed: parked ones go on, those of a cancelled task give their allowance back. */
async function chunksDue(ctx: Context, task: Stored<'task'>, now: number): Promise<readonly Change[]> {
  const chunks = await ctx.storage.read.works({ kind: 'chunk', parent: task.data.run ?? '' })
  return chunks.length > 0
    ? [{ type: 'work.put', sooner: true, items: chunks.map((chunk) => ({ ...chunk, dueAt: now })) }]
    : []
}
