import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'

export const TASK_STATES = ['to-start', 'sending', 'paused', 'failed', 'done', 'cancelled'] as const
export type TaskState = (typeof TASK_STATES)[number]

export const PAUSE_REASONS = ['daily-limit', 'operator', 'domain-blocked', 'provider'] as const
export type PauseReason = (typeof PAUSE_REASONS)[number]

/** A state with its reason. Only `paused` has one (TSK-14). */
export type TaskStanding =
  | { readonly state: Exclude<TaskState, 'paused'> }
  | { readonly state: 'paused'; readonly reason: PauseReason }

export type TaskAction = 'pause' | 'restart' | 'cancel'
export type ResumePolicy = 'auto' | 'manual'

/** Before a run, while it sends, and while it waits by itself a task can be paused by the operator, who alone then restarts it. */
export function canPause(task: TaskStanding): boolean {
  return (
    task.state === 'to-start' || task.state === 'sending' || (task.state === 'paused' && task.reason !== 'operator')
  )
}

export function canRestart(task: TaskStanding): boolean {
  return task.state === 'paused'
}

export function canCancel(task: TaskStanding): boolean {
  return task.state === 'to-start' || task.state === 'sending' || task.state === 'paused'
}

const allowed = { pause: canPause, restart: canRestart, cancel: canCancel } as const satisfies Record<
  TaskAction,
  (task: TaskStanding) => boolean
>

/** What can be done now, in the order of the console's buttons. */
export function possibleActions(task: TaskStanding): readonly TaskAction[] {
  return (['pause', 'restart', 'cancel'] as const).filter((action) => allowed[action](task))
}

/** Throws STATE_INVALID, naming the state and what is possible, unless the action can be done. */
export function requireAction(action: TaskAction, task: TaskStanding): void {
  if (allowed[action](task)) return
  throw new MailError('STATE_INVALID', {
    action,
    state: task.state,
    ...(task.state === 'paused' ? { reason: task.reason } : {}),
    possible: possibleActions(task),
  })
}

/**
 * Whether a pause ends at the next day start without anybody's doing (TSK-14). With `resume: 'manual'` (TSK-6) a task that
 * waits for its allowance waits for the operator as well.
 */
export function resumesByItself(reason: PauseReason, resume: ResumePolicy = 'auto'): boolean {
  return resume === 'auto' && (reason === 'daily-limit' || reason === 'domain-blocked')
}

/** What a restart leads to: without allowance the task stays paused and says until when (TSK-14). */
export type RestartOutcome =
  | { readonly state: 'sending' }
  | { readonly state: 'to-start' }
  | { readonly state: 'paused'; readonly reason: 'daily-limit' | 'domain-blocked'; readonly until: Instant }

export function restart(request: {
  /** Whether a run is open; without one the task goes back to waiting for its start. */
  readonly running: boolean
  /** Rows not granted yet. With none of them no allowance is needed. */
  readonly cached: number
  readonly allowance: number
  readonly domainBlocked: boolean
  readonly nextDayStart: Instant
}): RestartOutcome {
  if (!request.running) return { state: 'to-start' }
  if (request.domainBlocked) return { state: 'paused', reason: 'domain-blocked', until: request.nextDayStart }
  if (request.cached > 0 && request.allowance <= 0) {
    return { state: 'paused', reason: 'daily-limit', until: request.nextDayStart }
  }
  return { state: 'sending' }
}
