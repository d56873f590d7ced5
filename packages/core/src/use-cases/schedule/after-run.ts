import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import { type Stored, updateRecord } from '../stored.js'
import { startWork } from './start-work.js'
import { taskHolds } from './task-holds.js'

/**
 * What the end of its run makes of a task: over, or waiting for its next start. An occurrence that has waited for this end has its turn
 * now (TSK-5); the operator's pause holds it until his restart.
 */
export function afterRun(task: Stored<'task'>, now: Instant): readonly Change[] {
  const { nextRun, waiting, pause } = task.data
  if (nextRun === null && waiting === 0)
    return [updateRecord(task, { state: 'done', data: { pause: null, openRun: null } }), ...taskHolds(task, false)]
  if (task.state === 'paused' && pause?.reason === 'operator') return [updateRecord(task, { data: { openRun: null } })]
  const next = updateRecord(task, { state: 'to-start', data: { pause: null, openRun: null } })
  return waiting > 0 ? [next, startWork(task, now)] : [next]
}
