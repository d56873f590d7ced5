import type { LedgerEntryView } from '@mailwright/core'
import { Text } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { billTexts } from './bill-texts.js'
import { PartLinks } from './part-links.js'
import { useMoney } from './use-money.js'

const names = { freeze: 'freeze', fee: 'charged', return: 'return' } as const

export function LedgerPage() {
  const t = useTexts(billTexts)
  const { data: service } = useCall('dedicatedIps.status', [])
  const money = useMoney(service?.currency ?? null)
  const accountOf = (lines: LedgerEntryView['lines'], sign: 1 | -1) =>
    lines
      .filter(({ amount }) => amount * sign > 0)
      .map(({ account }) => t[account])
      .join(', ')
  const columns: readonly Column<LedgerEntryView>[] = [
    { key: 'day', header: t.day, width: '7rem', cell: ({ day }) => day },
    { key: 'type', header: t.type, cell: ({ type }) => t[names[type]] },
    {
      key: 'ip',
      header: t.ip,
      cell: ({ ip }) => (
        <Text span className="value">
          {ip}
        </Text>
      ),
    },
    { key: 'from', header: t.from, cell: ({ lines }) => accountOf(lines, -1) },
    { key: 'to', header: t.to, cell: ({ lines }) => accountOf(lines, 1) },
    { key: 'amount', header: t.moved, align: 'end', cell: ({ lines }) => money(movedBy(lines)) },
    { key: 'posted', header: t.posted, cell: ({ postedAt }) => <When at={postedAt} /> },
  ]
  return (
    <Page title={t.ledger} intro={t.ledgerIntro}>
      <PartLinks />
      <ListTable
        operation="dedicatedIps.ledger"
        input={{}}
        label={t.ledger}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.emptyTitle} next={t.emptyNext} />}
      />
    </Page>
  )
}

const movedBy = (lines: LedgerEntryView['lines']): number =>
  lines.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)
