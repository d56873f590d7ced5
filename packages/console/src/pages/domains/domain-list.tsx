import type { DomainView } from '@mailwright/core'
import { Anchor } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { CreateDomain } from './create-domain.js'
import { DomainState } from './domain-state.js'
import { domainTexts } from './texts.js'
import { VerifyButton } from './verify-button.js'

export function DomainList() {
  const t = useTexts(domainTexts)
  const format = useFormat()
  const columns: readonly Column<DomainView>[] = [
    {
      key: 'name',
      header: t.name,
      width: 'minmax(14rem, 2fr)',
      cell: ({ name, unicode }) => (
        <Anchor href={pageUrl('domains', name)} size="sm" fw={600}>
          {unicode}
        </Anchor>
      ),
    },
    { key: 'state', header: t.state, width: 'minmax(10rem, 1fr)', cell: ({ state }) => <DomainState state={state} /> },
    { key: 'level', header: t.level, width: '5rem', cell: ({ allowance }) => allowance?.level ?? '–' },
    {
      key: 'today',
      header: t.today,
      cell: ({ allowance }) =>
        allowance === null ? '–' : t.ofLimit(format.number(allowance.usedToday), format.number(allowance.dailyLimit)),
    },
    { key: 'created', header: t.added, cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      key: 'actions',
      header: '',
      width: '7rem',
      align: 'end',
      cell: (domain) => (domain.state === 'verified' ? null : <VerifyButton domain={domain} />),
    },
  ]
  return (
    <Page title={t.title} intro={t.intro} actions={<CreateDomain />}>
      <ListTable
        operation="domains.list"
        input={{}}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.emptyTitle} next={t.emptyNext} action={<CreateDomain />} />}
      />
    </Page>
  )
}
