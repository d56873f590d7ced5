import type { TaskView } from '@mailwright/core'

type Moving = Pick<TaskView, 'state' | 'type' | 'deferred'>

const SENDING_MS = 2_000
const WAITING_MS = 15_000

/** How soon tasks are worth reading again: soon while something is sent, now and then while a start or an answer is awaited. */
export function paceOf(tasks: readonly Moving[]): number | undefined {
  if (tasks.some(({ state, type }) => state === 'sending' || (state === 'to-start' && type === 'immediate')))
    return SENDING_MS
  const waits = ({ state, deferred }: Moving) => state === 'to-start' || state === 'paused' || deferred > 0
  return tasks.some(waits) ? WAITING_MS : undefined
}
