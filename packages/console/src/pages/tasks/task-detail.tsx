import type { TaskView } from '@mailwright/core'
import { Alert, Anchor, Stack } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { paceOf } from './pace.js'
import { TaskActions } from './task-actions.js'
import { TaskFacts } from './task-facts.js'
import { TaskFigures } from './task-figures.js'
import { TaskRuns } from './task-runs.js'
import { TaskStanding } from './task-standing.js'
import { taskTexts } from './texts.js'

export function TaskDetail({ id }: { readonly id: string }) {
  const t = useTexts(taskTexts)
  const { data: task, error, refetch } = useMovingTask(id)
  if (task === undefined)
    return error === null ? <Loading /> : <ProblemAlert error={error} retry={() => void refetch()} />
  return (
    <Page
      title={task.name ?? t.unnamed(id.slice(-6))}
      intro={<Anchor href={pageUrl('tasks')}>{t.back}</Anchor>}
      actions={<TaskActions task={task} />}
    >
      <Stack className="panel" gap="lg">
        <TaskStanding task={task} />
        <TaskFigures task={task} />
      </Stack>
      <Mixed task={task} />
      <TaskFacts task={task} />
      <TaskRuns task={task} />
    </Page>
  )
}

/** What was read last says how soon it is read again. */
function useMovingTask(id: string) {
  const { data } = useCall('tasks.get', [id])
  return useCall('tasks.get', [id], { everyMs: data && paceOf([data]) })
}

function Mixed({ task }: { readonly task: TaskView }) {
  const t = useTexts(taskTexts)
  return task.warnings.map(({ code, scenario, domainScenario }) => (
    <Alert key={code} color="yellow">
      {t.mixed(t[scenario], t[domainScenario])}
    </Alert>
  ))
}
