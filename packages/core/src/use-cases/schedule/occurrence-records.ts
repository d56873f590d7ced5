import type { SkippedOccurrences } from '../../domain/task/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import { insertRecord, type OccurrenceData, type Stored } from '../stored.js'

type Task = Pick<Stored<'task'>, 'account' | 'id'>
export type Occurrence = Stored<'occurrence'>

/** The same for whoever decides on it: a second decision finds the record there and is refused (TSK-5). */
const occurrenceId = (task: Task, at: Instant): string => `${task.id}:${at}`

const plain: OccurrenceData = { run: null, error: null, skipped: null }

export const insertOccurrence = (
  task: Task,
  at: Instant,
  state: Occurrence['state'],
  data: Partial<OccurrenceData> = {},
): Change =>
  insertRecord({
    kind: 'occurrence',
    account: task.account,
    id: occurrenceId(task, at),
    parent: task.id,
    state,
    createdAt: at,
    data: { ...plain, ...data },
  })

export const insertSkipped = (task: Task, { from, ...skipped }: SkippedOccurrences): Change =>
  insertOccurrence(task, from, 'skipped', { skipped })
