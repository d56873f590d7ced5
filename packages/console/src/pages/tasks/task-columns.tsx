import type { TaskView } from '@mailwright/core'
import { Anchor, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { TaskProgress } from './task-progress.js'
import { TaskState } from './task-state.js'
import { taskTexts } from './texts.js'

const FIGURES = ['requests', 'sent', 'cached', 'delivered', 'failed'] as const satisfies readonly (keyof TaskView)[]

/** What the list shows of each task (TSK-3). */
export function useTaskColumns(): readonly Column<TaskView>[] {
  const t = useTexts(taskTexts)
  const format = useFormat()
  return [
    {
      key: 'name',
      header: t.name,
      width: 'minmax(12rem, 2fr)',
      cell: ({ id, name, type, createdAt }) => (
        <>
          <Anchor href={pageUrl('tasks', id)} size="sm" fw={600}>
            {name ?? t.unnamed(id.slice(-6))}
          </Anchor>
          <Text size="xs" c="dimmed">
            {t[type]} · <When at={createdAt} />
          </Text>
        </>
      ),
    },
    { key: 'state', header: t.state, width: 'minmax(9rem, 1fr)', cell: (task) => <TaskState task={task} /> },
    { key: 'progress', header: t.progress, width: '7rem', cell: (task) => <TaskProgress task={task} /> },
    ...FIGURES.map((name) => ({
      key: name,
      header: t[name],
      width: '4.5rem',
      align: 'end' as const,
      cell: (task: TaskView) => format.number(task[name]),
    })),
  ]
}
