export { type DueDecision, type DueFacts, decideDue, type SkippedOccurrences } from './due-occurrences.js'
export { type PlannedDay, planDays } from './plan-days.js'
export {
  type BulkSenderFacts,
  type BulkSenderRule,
  COMPLAINT_WARNING_PER_MILLE,
  INVALID_WARNING_PER_MILLE,
  type PlanWarning,
  planWarnings,
  warnsOfInvalid,
} from './plan-warnings.js'
export { progress, type RunCounts, type RunFacts, type RunFigures, runFigures, settleRun } from './run-progress.js'
export {
  checkSchedule,
  MISSED_POLICIES,
  type MissedPolicy,
  type RecurringSchedule,
  type Schedule,
  type TaskType,
} from './schedule.js'
export {
  canCancel,
  canPause,
  canRestart,
  PAUSE_REASONS,
  type PauseReason,
  possibleActions,
  type RestartOutcome,
  type ResumePolicy,
  requireAction,
  restart,
  resumesByItself,
  TASK_STATES,
  type TaskAction,
  type TaskStanding,
  type TaskState,
} from './states.js'
