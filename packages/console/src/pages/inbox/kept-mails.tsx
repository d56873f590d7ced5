import { Anchor, Button, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { pageUrl } from '../../app/route.js'
import { type Column, DataTable } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { ClearInbox } from './clear-inbox.js'
import { type KeptMail, listKept } from './inbox-api.js'
import { inboxTexts } from './texts.js'

const EVERY_MS = 3_000

export function KeptMails() {
  const t = useTexts(inboxTexts)
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['inbox'],
    queryFn: ({ signal }) => listKept(signal),
    refetchInterval: EVERY_MS,
  })
  const columns: readonly Column<KeptMail>[] = [
    {
      key: 'subject',
      header: t.subject,
      width: 'minmax(14rem, 2fr)',
      cell: ({ id, subject }) => (
        <Anchor href={pageUrl('inbox', id)} size="sm" fw={600}>
          {subject || t.noSubject}
        </Anchor>
      ),
    },
    { key: 'to', header: t.to, width: 'minmax(12rem, 1fr)', cell: ({ to }) => to.join(', ') },
    { key: 'from', header: t.from, width: 'minmax(12rem, 1fr)', cell: ({ from }) => <Text size="xs">{from}</Text> },
    { key: 'at', header: t.at, cell: ({ at }) => <When at={at} /> },
  ]
  const actions = (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        disabled={isFetching}
        onClick={() => void refetch()}
      >
        {t.refresh}
      </Button>
      {data !== undefined && data.length > 0 && <ClearInbox />}
    </>
  )
  return (
    <Page title={t.title} intro={t.intro} actions={actions}>
      {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.length === 0 && <EmptyState title={t.emptyTitle} next={t.emptyNext} />}
      {data !== undefined && data.length > 0 && (
        <DataTable label={t.title} columns={columns} rows={data} rowKey={({ id }) => id} />
      )}
    </Page>
  )
}
