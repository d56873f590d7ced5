import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'

/** One row a task, due at its next occurrence: whoever claims it decides what fires. It comes sooner if it is put again. */
export const startWork = (task: { readonly account: string; readonly id: string }, dueAt: Instant): Change => ({
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
