import type { AttemptView } from '@mailwright/core'
import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { useTexts } from '../../language/language.js'
import { attemptColumns } from './attempt-columns.js'
import { attemptTexts } from './attempt-texts.js'
import { ReplayOne, ReplaySelected } from './replay-parked.js'
import { ReplayRange } from './replay-range.js'

const STATES = ['told', 'failed', 'parked'] as const satisfies readonly AttemptView['state'][]
const EVERY_MS = 10_000

/** What was posted, and what is parked, with its replay. */
export function AttemptsTab() {
  const t = useTexts(attemptTexts)
  const [{ callback, state, message }, filter] = useFilters('callback', 'state', 'message')
  const may = useMay('callbacks.replay')
  const { data } = useCall('callbacks.list', [{ limit: 1_000 }])
  const endpoints = (data?.items ?? []).map(({ id, url, sender }) => ({
    value: id,
    label: `${sender ?? t.accountLevel}: ${url}`,
  }))
  const parked = state === 'parked'
  const columns = attemptColumns(t, new Map(endpoints.map(({ value, label }) => [value, label])))
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw="60rem">
        {t.intro}
      </Text>
      <Group justify="space-between" align="flex-end">
        <Group align="flex-end">
          <ChoiceFilter
            label={t.state}
            all={t.anyState}
            choices={STATES.map((value) => ({ value, label: t[value] }))}
            value={state}
            onChange={(value) => filter({ state: value })}
          />
          <ChoiceFilter
            label={t.endpoint}
            all={t.anyEndpoint}
            choices={endpoints}
            value={callback}
            onChange={(value) => filter({ callback: value })}
          />
          <TextInput
            label={t.message}
            value={message}
            onChange={({ currentTarget }) => filter({ message: currentTarget.value.trim() })}
          />
        </Group>
        <ReplayRange endpoints={endpoints} callback={callback} />
      </Group>
      <ListTable
        operation="callbacks.attempts"
        input={{
          callback: callback === '' ? undefined : callback,
          state: STATES.find((one) => one === state),
          message: message === '' ? undefined : message,
        }}
        everyMs={EVERY_MS}
        label={t.label}
        columns={
          parked && may
            ? [
                ...columns,
                { key: 'actions', header: '', width: '6rem', align: 'end', cell: ({ id }) => <ReplayOne id={id} /> },
              ]
            : columns
        }
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={parked ? t.noParked : t.noAttempts} next={parked ? t.noParkedNext : t.noAttemptsNext} />
        }
        selecting={
          parked && may
            ? {
                nameOf: ({ event, message: of }) => t.rowName(event, of),
                actions: (rows, clear) => <ReplaySelected ids={rows.map(({ id }) => id)} onDone={clear} />,
              }
            : undefined
        }
      />
    </Stack>
  )
}
