import type { TriggeredView } from '@mailwright/core'
import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { instantsOf } from '../../components/range.js'
import { StateBadge } from '../../components/state-badge.js'
import { TextFilter } from '../../components/text-filter.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { AddressLink } from './address-link.js'
import { RemoveInvalidButton } from './invalid-actions.js'
import { Release } from './release.js'
import { StillListed } from './still-listed.js'
import { blocklistTexts } from './texts.js'
import { useStillListed } from './use-still-listed.js'

/** What bounces of this account have put on the invalid list. */
export function MineTab() {
  const t = useTexts(blocklistTexts)
  const [{ contains, status, from, to }, filter] = useFilters('contains', 'status', 'from', 'to')
  const may = useMay('blocklist.invalid.remove')
  const still = useStillListed()
  const columns: readonly Column<TriggeredView>[] = [
    {
      key: 'address',
      header: t.address,
      width: 'minmax(12rem, 2fr)',
      cell: ({ address }) => <AddressLink address={address} />,
    },
    {
      key: 'status',
      header: t.status,
      width: '6rem',
      cell: (row) => <StateBadge tone={row.status === 'active' ? 'bad' : 'over'}>{t[row.status]}</StateBadge>,
    },
    { key: 'reason', header: t.reason, width: 'minmax(10rem, 2fr)', cell: ({ reason }) => reason },
    { key: 'since', header: t.since, cell: ({ at }) => <When at={at} /> },
    { key: 'release', header: t.release, cell: ({ releaseAt }) => <Release at={releaseAt} /> },
    {
      key: 'actions',
      header: '',
      width: '6rem',
      align: 'end',
      cell: (row) =>
        row.status === 'active' ? <RemoveInvalidButton addresses={[row.address]} onDone={still.tell} /> : null,
    },
  ]
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw="60rem">
        {t.mineIntro}
      </Text>
      <Group align="flex-end">
        <TextFilter label={t.search} value={contains} onChange={(value) => filter({ contains: value })} />
        <ChoiceFilter
          label={t.status}
          all={t.all}
          choices={[
            { value: 'active', label: t.active },
            { value: 'expired', label: t.expired },
          ]}
          value={status}
          onChange={(value) => filter({ status: value })}
        />
        <TextInput
          type="date"
          label={t.from}
          value={from}
          onChange={({ currentTarget }) => filter({ from: currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t.to}
          value={to}
          onChange={({ currentTarget }) => filter({ to: currentTarget.value })}
        />
      </Group>
      <StillListed {...still} />
      <ListTable
        operation="blocklist.invalid.mine"
        input={{
          limit: 200,
          contains: contains === '' ? undefined : contains,
          status: status === 'active' || status === 'expired' ? status : undefined,
          ...instantsOf({ from, to }),
        }}
        label={t.mine}
        columns={columns}
        rowKey={({ address, at }) => `${address} ${at}`}
        empty={<EmptyState title={t.mineEmpty} next={t.mineEmptyNext} />}
        selecting={
          may
            ? {
                nameOf: ({ address }) => address,
                canChoose: (row) => row.status === 'active',
                actions: (rows, clear) => (
                  <RemoveInvalidButton
                    addresses={[...new Set(rows.map(({ address }) => address))]}
                    onDone={(left) => {
                      clear()
                      still.tell(left)
                    }}
                  />
                ),
              }
            : undefined
        }
      />
    </Stack>
  )
}
