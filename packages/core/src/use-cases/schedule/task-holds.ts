import type { Change } from '../../ports/changes.js'
import type { Stored } from '../stored.js'

const usedBy = ({ data }: Pick<Stored<'task'>, 'data'>) => [
  { kind: 'domain', ref: data.domain },
  { kind: 'group', ref: data.group },
  { kind: 'sender', ref: data.sender },
  { kind: 'template', ref: data.template },
]

/** What a task uses cannot be deleted as long as the task can fire (SND-4). */
export const taskHolds = (task: Pick<Stored<'task'>, 'account' | 'id' | 'data'>, on: boolean): readonly Change[] =>
  usedBy(task).map(({ kind, ref }) => ({ type: 'hold', kind, account: task.account, ref, by: task.id, on }))
