import type { SenderView } from '@mailwright/core'
import { Group, Text } from '@mantine/core'
import { useFilters } from '../../app/route.js'
import { ActionButton } from '../../components/action-button.js'
import { CopyValue } from '../../components/copy-value.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { DomainFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { CreateSender } from './create-sender.js'
import { senderTexts } from './texts.js'

export function SendersPage() {
  const t = useTexts(senderTexts)
  const [{ domain }, filter] = useFilters('domain')
  const columns: readonly Column<SenderView>[] = [
    {
      key: 'address',
      header: t.address,
      width: 'minmax(16rem, 2fr)',
      cell: ({ address }) => <CopyValue value={address} />,
    },
    { key: 'name', header: t.name, cell: ({ name }) => <Text size="sm">{name ?? '–'}</Text> },
    { key: 'added', header: t.added, cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      key: 'actions',
      header: '',
      width: '8rem',
      align: 'end',
      cell: ({ address }) => (
        <ActionButton
          operation="senders.delete"
          args={[address]}
          color="red"
          confirm={{ title: t.deleteTitle(address), text: t.deleteText }}
          done={t.deleted}
        >
          {t.delete}
        </ActionButton>
      ),
    },
  ]
  return (
    <Page title={t.title} intro={t.intro} actions={<CreateSender />}>
      <Group>
        <DomainFilter value={domain} onChange={(value) => filter({ domain: value })} />
      </Group>
      <ListTable
        operation="senders.list"
        input={domain === '' ? {} : { domain }}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.emptyTitle} next={t.emptyNext} action={<CreateSender />} />}
      />
    </Page>
  )
}
