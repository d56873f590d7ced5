import type { GroupView } from '@mailwright/core'
import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMay } from '../../api/caller.js'
import { useCall } from '../../api/use-call.js'
import { goTo, pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { DeleteGroup } from './delete-group.js'
import { GroupState } from './group-state.js'
import { ImportCsv } from './import-csv.js'
import { ImportRules } from './import-rules.js'
import { RecipientTable } from './recipient-table.js'
import { groupTexts } from './texts.js'
import { VariableList } from './variable-list.js'

/** While somebody imports, its state is read again. */
const IMPORTING_MS = 3_000

export function GroupDetail({ name }: { readonly name: string }) {
  const t = useTexts(groupTexts)
  const mayImport = useMay('groups.importCsv')
  const maySend = useMay('tasks.create')
  const importing = useCall('groups.get', [name]).data?.state === 'importing'
  const { data: group, error, refetch } = useCall('groups.get', [name], importing ? { everyMs: IMPORTING_MS } : {})
  if (group === undefined)
    return error === null ? <Loading /> : <ProblemAlert error={error} retry={() => void refetch()} />
  return (
    <Page
      title={group.name}
      intro={<Anchor href={pageUrl('groups')}>{t.back}</Anchor>}
      actions={
        <>
          {maySend && group.state === 'ready' && (
            <Button
              component="a"
              size="xs"
              href={`${pageUrl('tasks', 'new')}?${new URLSearchParams({ group: group.name })}`}
            >
              {t.send}
            </Button>
          )}
          <DeleteGroup group={group} onDone={() => goTo('groups')} />
        </>
      }
    >
      <Facts group={group} />
      {mayImport && <ImportCsv group={group} />}
      <RecipientTable group={group} />
      {mayImport && <ImportRules />}
    </Page>
  )
}

function Facts({ group }: { readonly group: GroupView }) {
  const t = useTexts(groupTexts)
  const format = useFormat()
  return (
    <Stack className="panel" gap="md">
      {group.description !== '' && <Text className="break">{group.description}</Text>}
      <Group gap="xl" align="flex-start">
        <Fact label={t.state}>
          <GroupState state={group.state} />
        </Fact>
        <Fact label={t.recipients}>{format.number(group.rows)}</Fact>
        <Fact label={t.variables}>{group.variables === null ? '–' : <VariableList names={group.variables} />}</Fact>
        <Fact label={t.added}>
          <When at={group.createdAt} />
        </Fact>
      </Group>
    </Stack>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div" fw={600}>
        {children}
      </Text>
    </Stack>
  )
}
