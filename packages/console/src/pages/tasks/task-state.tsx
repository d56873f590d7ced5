import type { TaskView } from '@mailwright/core'
import { Stack, Text } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { taskTexts } from './texts.js'

const tones: Readonly<Record<TaskView['state'], Tone>> = {
  'to-start': 'waiting',
  sending: 'busy',
  paused: 'waiting',
  failed: 'bad',
  done: 'good',
  cancelled: 'over',
}

export function TaskBadge({ state }: Pick<TaskView, 'state'>) {
  return <StateBadge tone={tones[state]}>{useTexts(taskTexts)[state]}</StateBadge>
}

/** Its state, why it is not going on, and when it does. */
export function TaskState({ task }: { readonly task: TaskView }) {
  const t = useTexts(taskTexts)
  return (
    <Stack gap={2} align="flex-start">
      <TaskBadge state={task.state} />
      {task.pause && (
        <Text size="xs" c="dimmed">
          {t[task.pause.reason]}
          {task.pause.until !== null && (
            <>
              {t.until}
              <When at={task.pause.until} />
            </>
          )}
        </Text>
      )}
      {task.nextRun !== null && task.state !== 'paused' && (
        <Text size="xs" c="dimmed">
          {t.nextRun}: <When at={task.nextRun} />
        </Text>
      )}
      {task.error && (
        <Text size="xs" c="dimmed" className="break">
          {task.error.code}
        </Text>
      )}
    </Stack>
  )
}
