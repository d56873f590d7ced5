import type { TaskView } from '@mailwright/core'
import { Button, Group } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { useList } from '../../api/use-call.js'
import { pageUrl, useFilters } from '../../app/route.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { paceOf } from './pace.js'
import { useTaskColumns } from './task-columns.js'
import { taskTexts } from './texts.js'

const STATES = [
  'to-start',
  'sending',
  'paused',
  'failed',
  'done',
  'cancelled',
] as const satisfies readonly TaskView['state'][]

export function TaskList() {
  const t = useTexts(taskTexts)
  const [{ state }, filter] = useFilters('state')
  const chosen = STATES.find((one) => one === state)
  const input = chosen === undefined ? {} : { state: chosen }
  const columns = useTaskColumns()
  // The same list as the table's: what is in it says how often the table reads it again.
  const { data } = useList('tasks.list', input)
  const everyMs = paceOf(data?.pages.flatMap(({ items }) => items) ?? [])
  return (
    <Page title={t.title} intro={t.intro} actions={<NewTaskLink />}>
      <Group>
        <ChoiceFilter
          label={t.state}
          all={t.anyState}
          choices={STATES.map((value) => ({ value, label: t[value] }))}
          value={chosen ?? ''}
          onChange={(value) => filter({ state: value })}
        />
      </Group>
      <ListTable
        operation="tasks.list"
        input={input}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        {...(everyMs !== undefined && { everyMs })}
        empty={
          chosen === undefined ? (
            <EmptyState title={t.emptyTitle} next={t.emptyNext} action={<NewTaskLink />} />
          ) : (
            <EmptyState title={t.noneSoTitle} next={t.noneSoNext} />
          )
        }
      />
    </Page>
  )
}

function NewTaskLink() {
  const t = useTexts(taskTexts)
  if (!useMay('tasks.create')) return null
  return (
    <Button component="a" href={pageUrl('tasks', 'new')}>
      {t.create}
    </Button>
  )
}
