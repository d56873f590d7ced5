import { isMailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { pumpRing } from '../pump-ring.js'
import { insertRecord, type Stored, type TaskData, updateRecord } from '../stored.js'
import { freezeRun } from './freeze-run.js'
import { insertOccurrence, type Occurrence } from './occurrence-records.js'
import { taskHolds } from './task-holds.js'

/** What fires: an occurrence that is due, or one that has waited for its turn. */
export type Turn = { readonly due: Instant } | { readonly waited: Occurrence }

/** All that the firing of one occurrence writes, and whether a run is open afterwards. */
export interface Firing {
  readonly changes: readonly Change[]
  readonly fired: boolean
}

/**
 * The changes that fire one occurrence: the run, what became of the occurrence, and the task, all of one bundle that only one scheduler can apply: the task is at the version that
 * was read, and the occurrence has not been decided on. A start that has become invalid is recorded with its reason; the task fails with it unless it can
 * fire again (TSK-4).
 * @throws GROUP_NOT_READY while an import is running, and whatever storage throws.
 */
export async function fireOccurrence(
  ctx: Context,
  task: Stored<'task'>,
  turn: Turn,
  patch: Partial<TaskData>,
): Promise<Firing> {
  const now = ctx.clock.now()
  const decided = (state: 'fired' | 'failed', data: { run?: string; error?: TaskData['error'] }) =>
    'due' in turn ? insertOccurrence(task, turn.due, state, data) : updateRecord(turn.waited, { state, data })
  try {
    const run = await freezeRun(ctx, task, now)
    const started = updateRecord(task, {
      state: 'sending',
      data: { ...patch, run: run.id, openRun: run.id, requests: run.data.rows, error: null },
    })
    const changes = [
      insertRecord(run),
      decided('fired', { run: run.id }),
      started,
      pumpRing(task.account, task.data.domain, now),
    ]
    return { changes, fired: true }
  } catch (error) {
    if (!isMailError(error) || error.kind === 'adapter' || isBeingImported(error)) throw error
    const reason = { code: error.code, details: error.details as JsonObject }
    const last = { ...task.data, ...patch }
    const over = last.nextRun === null && last.waiting === 0
    const failed = updateRecord(task, { ...(over ? { state: 'failed' } : {}), data: { ...patch, error: reason } })
    return {
      changes: [decided('failed', { error: reason }), failed, ...(over ? taskHolds(task, false) : [])],
      fired: false,
    }
  }
}

export const isBeingImported = (error: unknown): boolean =>
  isMailError(error, 'GROUP_NOT_READY') && error.details.state === 'importing'
