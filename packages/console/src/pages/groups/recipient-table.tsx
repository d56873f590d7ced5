import type { GroupView } from '@mailwright/core'
import { Stack, Text, Title } from '@mantine/core'
import type { ItemOf } from '../../api/signatures.js'
import type { Column } from '../../components/data-table.js'
import { ListTable } from '../../components/list-table.js'
import { useTexts } from '../../language/language.js'
import { groupTexts } from './texts.js'

type Recipient = ItemOf<'groups.recipients'>

/** Who is in the group, each variable a column. */
export function RecipientTable({ group }: { readonly group: GroupView }) {
  const t = useTexts(groupTexts)
  const columns: readonly Column<Recipient>[] = [
    { key: ' address', header: t.address, width: 'minmax(16rem, 2fr)', cell: ({ address }) => address },
    ...(group.variables ?? []).map((name) => ({
      key: name,
      header: name,
      cell: ({ values }: Recipient) => (
        <Text component="span" size="sm" lineClamp={3}>
          {values[name] ?? ''}
        </Text>
      ),
    })),
  ]
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t.recipients}
      </Title>
      <ListTable
        operation="groups.recipients"
        params={[group.name]}
        input={{ limit: 200 }}
        label={t.recipientsOf(group.name)}
        columns={columns}
        rowKey={({ address }) => address}
        empty={
          <Text size="sm" c="dimmed">
            {t.noRecipients}
          </Text>
        }
      />
    </Stack>
  )
}
