import type { CustomView } from '@mailwright/core'
import { Group, Stack, Text } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { useFilters } from '../../app/route.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { TextFilter } from '../../components/text-filter.js'
import { useTexts } from '../../language/language.js'
import { AddCustom } from './add-custom.js'
import { customColumns } from './custom-columns.js'
import { customTexts } from './custom-texts.js'
import { ImportCustom } from './import-custom.js'
import { ModifyCustom } from './modify-custom.js'
import { RemoveCustom } from './remove-custom.js'

const STATES = ['coming', 'active', 'expired'] as const satisfies readonly CustomView['status'][]

/** What this account blocks itself, ended rows too. */
export function CustomTab() {
  const t = useTexts(customTexts)
  const [{ contains, status }, filter] = useFilters('contains', 'status')
  const may = useMay('blocklist.custom.modify')
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw="60rem">
        {t.intro}
      </Text>
      <Group justify="space-between" align="flex-end">
        <Group align="flex-end">
          <TextFilter label={t.search} value={contains} onChange={(value) => filter({ contains: value })} />
          <ChoiceFilter
            label={t.status}
            all={t.all}
            choices={STATES.map((value) => ({ value, label: t[value] }))}
            value={status}
            onChange={(value) => filter({ status: value })}
          />
        </Group>
        <Group gap="xs">
          <ImportCustom />
          <AddCustom />
        </Group>
      </Group>
      <ListTable
        operation="blocklist.custom.list"
        input={{
          limit: 200,
          contains: contains === '' ? undefined : contains,
          status: STATES.find((state) => state === status),
        }}
        label={t.addTitle}
        columns={customColumns(t)}
        rowKey={({ target, automatic }) => `${target} ${automatic}`}
        empty={<EmptyState title={t.empty} next={t.emptyNext} />}
        selecting={
          may
            ? {
                nameOf: ({ target }) => target,
                actions: (blocks, clear) => (
                  <>
                    <ModifyCustom blocks={blocks} onDone={clear} />
                    <RemoveCustom targets={[...new Set(blocks.map(({ target }) => target))]} onDone={clear} />
                  </>
                ),
              }
            : undefined
        }
      />
    </Stack>
  )
}
