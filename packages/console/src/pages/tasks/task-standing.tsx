import type { TaskView } from '@mailwright/core'
import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { TaskProgress } from './task-progress.js'
import { TaskBadge } from './task-state.js'
import { taskTexts } from './texts.js'

/** Where it stands, and what it waits for. */
export function TaskStanding({ task }: { readonly task: TaskView }) {
  const t = useTexts(taskTexts)
  const format = useFormat()
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="center">
        <TaskBadge state={task.state} />
        {task.nextRun !== null && task.state !== 'paused' && (
          <Text size="sm">
            {t.nextRun}: <When at={task.nextRun} />
          </Text>
        )}
      </Group>
      <TaskProgress task={task} size="xl" />
      {task.pause && <Pause pause={task.pause} />}
      {task.waiting > 0 && <Text size="sm">{t.waitingRuns(format.number(task.waiting))}</Text>}
      {task.error && (
        <Alert color="red" title={t.couldNotStart}>
          <Code className="break">{task.error.code}</Code>
          <Details details={task.error.details} />
        </Alert>
      )}
    </Stack>
  )
}

function Pause({ pause }: { readonly pause: NonNullable<TaskView['pause']> }) {
  const t = useTexts(taskTexts)
  const why = {
    'daily-limit': t.pauseDailyLimit,
    'domain-blocked': t.pauseDomainBlocked,
    operator: t.pauseOperator,
    provider: t.pauseProvider,
  }
  return (
    <Alert color="yellow" title={t[pause.reason]}>
      {why[pause.reason]}
      {pause.until !== null && (
        <Text size="sm" fw={600}>
          {t.goesOn} <When at={pause.until} />
        </Text>
      )}
    </Alert>
  )
}

/** As the API names them: `missing: code`. */
function Details({ details }: { readonly details: NonNullable<TaskView['error']>['details'] }) {
  return Object.entries(details).map(([name, value]) => (
    <Text key={name} size="sm" className="break">
      {name}: {typeof value === 'string' ? value : JSON.stringify(value)}
    </Text>
  ))
}
