import type { LiftedView } from '@mailwright/core'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { AddressLink } from './address-link.js'
import { rejectTexts } from './reject-texts.js'

/** What was lifted, and why; newest first. '' stands for all addresses. */
export function LiftedTable({ address: wanted }: { readonly address: string }) {
  const t = useTexts(rejectTexts)
  const columns: readonly Column<LiftedView>[] = [
    {
      key: 'address',
      header: t.address,
      width: 'minmax(12rem, 2fr)',
      cell: ({ address }) => <AddressLink address={address} />,
    },
    { key: 'domain', header: t.domain, width: 'minmax(10rem, 1fr)', cell: ({ senderDomain }) => senderDomain },
    { key: 'why', header: t.whyWas, cell: ({ reason }) => reason },
    { key: 'since', header: t.since, cell: ({ at }) => <When at={at} /> },
    { key: 'for', header: t.liftedFor, width: 'minmax(10rem, 2fr)', cell: ({ liftedFor }) => liftedFor },
    { key: 'at', header: t.liftedAt, cell: ({ liftedAt }) => <When at={liftedAt} /> },
  ]
  return (
    <ListTable
      operation="blocklist.rejects.lifted"
      input={wanted === '' ? {} : { address: wanted }}
      label={t.lifted}
      columns={columns}
      rowKey={({ address, senderDomain, liftedAt }) => `${address} ${senderDomain} ${liftedAt}`}
      empty={<EmptyState title={t.liftedEmpty} next={t.liftedEmptyNext} />}
    />
  )
}
