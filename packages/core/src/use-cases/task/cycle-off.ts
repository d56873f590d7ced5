import { isMailError, MailError } from '../../errors/mail-error.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { startWork } from '../schedule/start-work.js'
import { taskHolds } from '../schedule/task-holds.js'
import { get, updateRecord } from '../stored.js'

/**
 * Stops a recurrence: nothing fires any more, what waits for its turn does not either. A run that is open goes on to its end, then the task is
 * done; without one it is done at once. Repeating it changes nothing.
 * @throws STATE_INVALID for a task that does not recur, or is over.
 */
export async function cycleOff(ctx: Context, account: string, id: string): Promise<void> {
  for (;;) {
    const task = await get(ctx, 'task', account, id)
    const { schedule, openRun } = task.data
    if (schedule.type === 'recurring' && !schedule.cycle) return
    if (schedule.type !== 'recurring' || task.state === 'failed' || task.state === 'cancelled' || task.state === 'done')
      throw new MailError('STATE_INVALID', { action: 'cycleOff', type: schedule.type, state: task.state, possible: [] })
    const off = { schedule: { ...schedule, cycle: false }, nextRun: null, waiting: 0 }
    const changes =
      openRun === null
        ? [updateRecord(task, { state: 'done', data: { ...off, pause: null } }), ...taskHolds(task, false)]
        : [updateRecord(task, { data: off })]
    try {
      await applyBundle(ctx, bundle([...changes, startWork(task, ctx.clock.now())]))
    } catch (error) {
      if (isMailError(error, 'CHANGED_MEANWHILE')) continue
      throw error
    }
    ctx.ring('start')
    return
  }
}
