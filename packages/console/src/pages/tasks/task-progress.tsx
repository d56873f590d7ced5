import type { TaskView } from '@mailwright/core'
import { Group, Progress, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { taskTexts } from './texts.js'

interface Props {
  readonly task: Pick<TaskView, 'progress' | 'state' | 'name' | 'id'>
  readonly size?: 'md' | 'xl'
}

/** A bar that moves while it sends and stands still while it is paused, with the share in words. */
export function TaskProgress({ task, size = 'md' }: Props) {
  const t = useTexts(taskTexts)
  const format = useFormat()
  const sending = task.state === 'sending'
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress.Root size={size} flex={1} miw="3rem">
        <Progress.Section
          value={task.progress * 100}
          color={task.state === 'paused' ? 'yellow.6' : 'indigo.7'}
          animated={sending}
          aria-label={t.progressOf(task.name ?? task.id)}
        />
      </Progress.Root>
      <Text component="span" size="xs" w="3rem" ta="end">
        {format.percent(Math.floor(task.progress * 1_000) / 1_000)}
      </Text>
    </Group>
  )
}
