import type { RejectedView } from '@mailwright/core'
import { Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { DomainFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { TextFilter } from '../../components/text-filter.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { AddressLink } from './address-link.js'
import { LiftReject } from './lift-reject.js'
import { LiftedTable } from './lifted-table.js'
import { rejectTexts } from './reject-texts.js'

/** Who does not want mail of a sender domain, or what of it was lifted. */
export function RejectsTab() {
  const t = useTexts(rejectTexts)
  const [{ show, domain, contains }, filter] = useFilters('show', 'domain', 'contains')
  const lifted = show === 'lifted'
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw="60rem">
        {t.intro}
      </Text>
      <Group align="flex-end">
        <SegmentedControl
          aria-label={t.show}
          data={[
            { value: '', label: t.now },
            { value: 'lifted', label: t.lifted },
          ]}
          value={lifted ? 'lifted' : ''}
          onChange={(value) => filter({ show: value, contains: '' })}
        />
        {!lifted && <DomainFilter value={domain} onChange={(value) => filter({ domain: value })} />}
        <TextFilter
          key={show}
          label={lifted ? t.exact : t.search}
          value={contains}
          onChange={(value) => filter({ contains: value })}
        />
      </Group>
      {lifted ? <LiftedTable address={contains} /> : <RejectsTable domain={domain} contains={contains} />}
    </Stack>
  )
}

function RejectsTable({ domain, contains }: { readonly domain: string; readonly contains: string }) {
  const t = useTexts(rejectTexts)
  const columns: readonly Column<RejectedView>[] = [
    {
      key: 'address',
      header: t.address,
      width: 'minmax(12rem, 2fr)',
      cell: ({ address }) => <AddressLink address={address} />,
    },
    { key: 'domain', header: t.domain, width: 'minmax(10rem, 1fr)', cell: ({ senderDomain }) => senderDomain },
    { key: 'why', header: t.why, width: 'minmax(10rem, 2fr)', cell: ({ reason }) => reason },
    { key: 'since', header: t.since, cell: ({ at }) => <When at={at} /> },
    { key: 'actions', header: '', width: '6rem', align: 'end', cell: (reject) => <LiftReject reject={reject} /> },
  ]
  return (
    <ListTable
      operation="blocklist.rejects.list"
      input={{
        senderDomain: domain === '' ? undefined : domain,
        contains: contains === '' ? undefined : contains,
      }}
      label={t.now}
      columns={columns}
      rowKey={({ address, senderDomain }) => `${address} ${senderDomain}`}
      empty={<EmptyState title={t.empty} next={t.emptyNext} />}
    />
  )
}
