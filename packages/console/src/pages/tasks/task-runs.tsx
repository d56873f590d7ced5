import type { RunView, TaskView } from '@mailwright/core'
import { Stack, Text, Title } from '@mantine/core'
import type { Column } from '../../components/data-table.js'
import { ListTable } from '../../components/list-table.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { paceOf } from './pace.js'
import { runTexts } from './run-texts.js'

const tones: Readonly<Record<RunView['state'], Tone>> = {
  waiting: 'waiting',
  skipped: 'over',
  failed: 'bad',
  open: 'busy',
  done: 'good',
  cancelled: 'over',
}

/** What became of each of its occurrences (TSK-3, TSK-5). */
export function TaskRuns({ task }: { readonly task: TaskView }) {
  const t = useTexts(runTexts)
  const format = useFormat()
  const columns: readonly Column<RunView>[] = [
    { key: 'due', header: t.due, width: 'minmax(9rem, 1fr)', cell: ({ at }) => <When at={at} /> },
    {
      key: 'state',
      header: t.state,
      width: 'minmax(12rem, 2fr)',
      cell: (run) => (
        <>
          <StateBadge tone={tones[run.state]}>{t[run.state]}</StateBadge>
          <Why run={run} />
        </>
      ),
    },
    { key: 'rows', header: t.rows, width: '6rem', align: 'end', cell: ({ rows }) => format.number(rows) },
    { key: 'started', header: t.started, width: '9rem', cell: ({ startedAt }) => <Instant at={startedAt} /> },
    { key: 'finished', header: t.finished, width: '9rem', cell: ({ finishedAt }) => <Instant at={finishedAt} /> },
  ]
  const everyMs = paceOf([task])
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t.title}
      </Title>
      <ListTable
        operation="tasks.runs"
        params={[task.id]}
        input={{}}
        label={t.title}
        columns={columns}
        rowKey={({ at }) => String(at)}
        {...(everyMs !== undefined && { everyMs })}
        empty={
          <Text size="sm" c="dimmed">
            {t.none}
          </Text>
        }
      />
    </Stack>
  )
}

const Instant = ({ at }: { readonly at: number | null }) => (at === null ? '–' : <When at={at} />)

function Why({ run: { error, skipped } }: { readonly run: RunView }) {
  const t = useTexts(runTexts)
  const format = useFormat()
  return (
    <>
      {error && (
        <Text size="xs" className="break">
          {error.code}
        </Text>
      )}
      {skipped && (
        <Text size="xs" c="dimmed">
          {t.skippedWhy(format.number(skipped.count), t[skipped.reason])} <When at={skipped.through} />
        </Text>
      )}
    </>
  )
}
