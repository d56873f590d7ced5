import type { GroupView } from '@mailwright/core'
import { Anchor, Group, Text } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { pageUrl, useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { CreateGroup } from './create-group.js'
import { DeleteGroup } from './delete-group.js'
import { GroupState } from './group-state.js'
import { ImportRules } from './import-rules.js'
import { groupTexts } from './texts.js'
import { VariableList } from './variable-list.js'

const STATES = ['empty', 'importing', 'ready'] as const satisfies readonly GroupView['state'][]

export function GroupList() {
  const t = useTexts(groupTexts)
  const [{ state }, filter] = useFilters('state')
  const chosen = STATES.find((one) => one === state)
  const columns = useColumns()
  return (
    <Page title={t.title} intro={t.intro} actions={<CreateGroup />}>
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
        operation="groups.list"
        input={chosen === undefined ? {} : { state: chosen }}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          chosen === undefined ? (
            <EmptyState title={t.emptyTitle} next={t.emptyNext} action={<CreateGroup />} />
          ) : (
            <EmptyState title={t.noneSoTitle} next={t.noneSoNext} />
          )
        }
      />
      <ImportRules />
    </Page>
  )
}

function useColumns(): readonly Column<GroupView>[] {
  const t = useTexts(groupTexts)
  const format = useFormat()
  const mayImport = useMay('groups.importCsv')
  return [
    {
      key: 'name',
      header: t.name,
      width: 'minmax(14rem, 2fr)',
      cell: ({ name, description }) => (
        <>
          <Anchor href={pageUrl('groups', name)} size="sm" fw={600}>
            {name}
          </Anchor>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {description}
          </Text>
        </>
      ),
    },
    { key: 'state', header: t.state, width: '7rem', cell: ({ state }) => <GroupState state={state} /> },
    {
      key: 'rows',
      header: t.recipients,
      width: '7rem',
      align: 'end',
      cell: ({ rows }) => format.number(rows),
    },
    {
      key: 'variables',
      header: t.variables,
      width: 'minmax(9rem, 1fr)',
      cell: ({ variables }) => (variables === null ? '–' : <VariableList names={variables} />),
    },
    { key: 'created', header: t.added, width: '8rem', cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      key: 'actions',
      header: '',
      width: '10rem',
      align: 'end',
      cell: (group) => (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          {mayImport && (
            <Anchor href={pageUrl('groups', group.name)} size="sm" aria-label={t.importInto(group.name)}>
              {t.import}
            </Anchor>
          )}
          <DeleteGroup group={group} />
        </Group>
      ),
    },
  ]
}
