import type { BlockLookup } from '@mailwright/core'
import { Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { StateBadge } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { AddressLink } from './address-link.js'
import { RemoveInvalidButton, UnwhitelistButton, WhitelistButton } from './invalid-actions.js'
import { Release } from './release.js'
import { StillListed } from './still-listed.js'
import { blocklistTexts } from './texts.js'
import { useStillListed } from './use-still-listed.js'
import { WhitelistDialog } from './whitelist-dialog.js'

/** Invalid addresses that this account has met, or those it has whitelisted. */
export function InvalidTab() {
  const t = useTexts(blocklistTexts)
  const [{ show }, filter] = useFilters('show')
  const whitelisted = show === 'whitelist'
  const may = useMay('blocklist.invalid.whitelist')
  const still = useStillListed()
  const actions = (rows: readonly BlockLookup[], done?: () => void) => {
    const addresses = rows.map(({ address }) => address)
    const onDone = done && { onDone: done }
    if (whitelisted) return <UnwhitelistButton addresses={addresses} {...onDone} />
    return (
      <>
        <RemoveInvalidButton
          addresses={addresses}
          onDone={(left) => {
            done?.()
            still.tell(left)
          }}
        />
        <WhitelistButton addresses={addresses} {...onDone} />
      </>
    )
  }
  const columns: readonly Column<BlockLookup>[] = [
    ...invalidColumns(t),
    {
      key: 'actions',
      header: '',
      width: '11.5rem',
      align: 'end',
      cell: (row) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          {row.whitelisted ? <UnwhitelistButton addresses={[row.address]} /> : actions([row])}
        </Group>
      ),
    },
  ]
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <SegmentedControl
          aria-label={t.show}
          data={[
            { value: '', label: t.onList },
            { value: 'whitelist', label: t.onWhitelist },
          ]}
          value={whitelisted ? 'whitelist' : ''}
          onChange={(value) => filter({ show: value })}
        />
        <WhitelistDialog />
      </Group>
      <Text size="sm" c="dimmed" maw="60rem">
        {t.invalidIntro}
      </Text>
      <StillListed {...still} />
      <ListTable
        operation="blocklist.invalid.list"
        input={{ whitelisted, limit: 200 }}
        label={whitelisted ? t.onWhitelist : t.onList}
        columns={columns}
        rowKey={({ address }) => address}
        empty={
          <EmptyState
            title={whitelisted ? t.whitelistEmpty : t.invalidEmpty}
            next={whitelisted ? t.whitelistEmptyNext : t.invalidEmptyNext}
          />
        }
        selecting={may ? { nameOf: ({ address }) => address, actions } : undefined}
      />
    </Stack>
  )
}

const invalidColumns = (t: typeof blocklistTexts.en): readonly Column<BlockLookup>[] => [
  {
    key: 'address',
    header: t.address,
    width: 'minmax(10rem, 2fr)',
    cell: ({ address }) => <AddressLink address={address} />,
  },
  {
    key: 'status',
    header: t.status,
    width: '6.5rem',
    cell: ({ invalid, whitelisted }) =>
      whitelisted ? (
        <StateBadge tone="good">{t.whitelisted}</StateBadge>
      ) : (
        <StateBadge tone={invalid === null ? 'over' : 'bad'}>{invalid === null ? t.expired : t.blocked}</StateBadge>
      ),
  },
  {
    key: 'by',
    header: t.triggered,
    width: 'minmax(8.5rem, 2fr)',
    cell: ({ invalid }) =>
      invalid && (
        <Stack gap={0}>
          <span>{invalid.alsoAnother ? t.both : t[invalid.triggeredBy]}</span>
          <Text size="xs" c="dimmed">
            {invalid.reason}
          </Text>
        </Stack>
      ),
  },
  {
    key: 'since',
    header: t.since,
    width: '6.5rem',
    cell: ({ invalid }) => invalid && <When at={invalid.at} />,
  },
  {
    key: 'release',
    header: t.release,
    width: '7rem',
    cell: ({ invalid }) => invalid && <Release at={invalid.releaseAt} />,
  },
]
