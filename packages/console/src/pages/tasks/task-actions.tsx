import type { TaskView } from '@mailwright/core'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { taskTexts } from './texts.js'

/** What can be done with it as it stands (TSK-14). */
export function TaskActions({ task }: { readonly task: TaskView }) {
  const t = useTexts(taskTexts)
  const format = useFormat()
  const { id, state, schedule } = task
  const open = state === 'to-start' || state === 'sending' || state === 'paused'
  const recurs = open && schedule.type === 'recurring' && schedule.cycle
  const left = format.number(Math.max(0, task.requests - task.sent))
  return (
    <>
      {open && task.pause?.reason !== 'operator' && (
        <ActionButton operation="tasks.pause" args={[id]} done={t.pausedNow}>
          {t.pause}
        </ActionButton>
      )}
      {state === 'paused' && (
        <ActionButton
          operation="tasks.restart"
          args={[id]}
          variant="filled"
          done={(now) => (now.state === 'paused' ? t.stillPaused : t.restarted)}
        >
          {t.restart}
        </ActionButton>
      )}
      {task.failed > 0 && (
        <ActionButton
          operation="tasks.retryFailed"
          args={[id]}
          confirm={{ title: t.retryTitle, text: t.retryText(format.number(task.failed)) }}
          done={({ requeued }) => t.requeued(format.number(requeued))}
        >
          {t.retry}
        </ActionButton>
      )}
      {recurs && (
        <ActionButton
          operation="tasks.cycleOff"
          args={[id]}
          color="red"
          confirm={{ title: t.cycleOffTitle, text: t.cycleOffText }}
          done={t.cycleIsOff}
        >
          {t.cycleOff}
        </ActionButton>
      )}
      {open && (
        <ActionButton
          operation="tasks.cancel"
          args={[id]}
          color="red"
          confirm={{ title: t.cancelTitle, text: t.cancelText(left), yes: t.cancel, no: t.keep }}
          done={t.cancelledNow}
        >
          {t.cancel}
        </ActionButton>
      )}
    </>
  )
}
