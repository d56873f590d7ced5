import type { TaskView } from '@mailwright/core'
import { Anchor, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { StateBadge } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { overviewTexts } from './texts.js'

const SHOWN = 10
const EVERY_MS = 10_000

export function TasksUnderWay() {
  const t = useTexts(overviewTexts)
  const sending = useCall('tasks.list', [{ state: 'sending', limit: SHOWN }], { everyMs: EVERY_MS })
  const paused = useCall('tasks.list', [{ state: 'paused', limit: SHOWN }], { everyMs: EVERY_MS })
  const error = sending.error ?? paused.error
  const known = sending.data && paused.data
  const tasks = known ? [...paused.data.items, ...sending.data.items] : []
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.tasks}
      </Title>
      {error !== null && <ProblemAlert error={error} />}
      {!known && error === null && <Loading />}
      {known && tasks.length === 0 && <Text size="sm">{t.noTasks}</Text>}
      {tasks.map((task) => (
        <TaskLine key={task.id} task={task} />
      ))}
      <Anchor href={pageUrl('tasks')} size="sm">
        {t.allTasks}
      </Anchor>
    </Stack>
  )
}

function TaskLine({ task: { id, name, state, pause, progress } }: { readonly task: TaskView }) {
  const t = useTexts(overviewTexts)
  const { percent } = useFormat()
  const through = t.progressOf(percent(progress))
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Anchor href={pageUrl('tasks', id)} size="sm" fw={600} className="break">
          {name ?? t.unnamed}
        </Anchor>
        <StateBadge tone={state === 'paused' ? 'waiting' : 'busy'}>
          {state === 'paused' ? t.paused : t.sending}
        </StateBadge>
      </Group>
      {pause && (
        <Text size="xs">
          {t[pause.reason]}
          {pause.until !== null && (
            <>
              {' '}
              · {t.until} <When at={pause.until} />
            </>
          )}
        </Text>
      )}
      <Progress value={progress * 100} size="sm" aria-label={through} />
      <Text size="xs" c="dimmed">
        {through}
      </Text>
    </Stack>
  )
}
