import { requireAction, type TaskAction, type TaskStanding } from '../../domain/task/index.js'
import { isMailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import { PARKED } from '../chunk-work.js'
import type { Context } from '../context.js'
import { pumpRing } from '../pump-ring.js'
import { startWork } from '../schedule/start-work.js'
import { taskHolds } from '../schedule/task-holds.js'
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
    const started = task.data.openRun !== null
    const wake: Change[] = started
      ? [...(await workDue(ctx, task, action, now)), pumpRing(account, task.data.domain, now)]
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
    for (const kind of ['chunk', 'retry', 'postponed', 'pump', 'start'] as const) ctx.ring(kind)
    return
  }
}

function controlled(task: Stored<'task'>, action: TaskAction, now: number, started: boolean): readonly Change[] {
  switch (action) {
    case 'pause':
      return [updateRecord(task, { state: 'paused', data: { pause: { reason: 'operator', until: null } } })]
    case 'restart': {
      const { nextRun, waiting } = task.data
      const startAt = waiting > 0 && !started ? now : nextRun
      return [
        updateRecord(task, { state: started ? 'sending' : 'to-start', data: { pause: null } }),
        // What fell due during the pause is decided on now, by the missed policy (TSK-5).
        ...(startAt === null ? [] : [startWork(task, startAt)]),
      ]
    }
    case 'cancel':
      return [
        updateRecord(task, { state: 'cancelled', data: { pause: null, nextRun: null, waiting: 0 } }),
        ...taskHolds(task, false),
        startWork(task, now),
      ]
    default:
      return action satisfies never
  }
}

/**
 * Work looks at its task as soon as it is claimed: what was parked goes on, that of a cancelled task ends and gives its allowance back. A pause
 * need not wake the retries: they look when they fall due.
 */
async function workDue(
  ctx: Context,
  task: Stored<'task'>,
  action: TaskAction,
  now: number,
): Promise<readonly Change[]> {
  const kinds = action === 'pause' ? (['chunk'] as const) : (['chunk', 'postponed', 'retry'] as const)
  const parent = task.data.openRun ?? ''
  const works = (await Promise.all(kinds.map((kind) => ctx.storage.read.works({ kind, parent })))).flat()
  const due = action === 'restart' ? works.filter(({ kind, dueAt }) => kind === 'chunk' || dueAt === PARKED) : works
  return due.length > 0 ? [{ type: 'work.put', sooner: true, items: due.map((work) => ({ ...work, dueAt: now })) }] : []
}
