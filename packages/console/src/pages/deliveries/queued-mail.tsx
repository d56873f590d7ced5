import type { QueueStatus } from '@mailwright/core'
import { Anchor, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { deliveryTexts } from './texts.js'

/** What waits now, by where it comes from and where it goes. */
export function QueuedMail({ queued }: Pick<QueueStatus, 'queued'>) {
  const t = useTexts(deliveryTexts)
  const format = useFormat()
  const bySender = queued.byDomain.map(({ domain, count }) => ({
    name: domain,
    href: pageUrl('domains', domain),
    count,
  }))
  const byRecipient = queued.byRecipientDomain.map(({ recipientDomain, count }) => ({ name: recipientDomain, count }))
  const others = queued.others > 0 ? [{ name: t.others, count: queued.others }] : []
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.queued}: {format.number(queued.total)}
      </Title>
      {queued.total === 0 ? (
        <Text c="dimmed">{t.nothingQueued}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
          <CountTable label={t.domain} rows={bySender} />
          <CountTable label={t.recipientDomain} rows={[...byRecipient, ...others]} />
        </SimpleGrid>
      )}
    </Stack>
  )
}

interface CountTableProps {
  readonly label: string
  readonly rows: readonly { readonly name: string; readonly href?: string; readonly count: number }[]
}

function CountTable({ label, rows }: CountTableProps) {
  const t = useTexts(deliveryTexts)
  const format = useFormat()
  return (
    <Table aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{label}</Table.Th>
          <Table.Th ta="end">{t.waits}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, href, count }) => (
          <Table.Tr key={name}>
            <Table.Td className="break">
              {href === undefined ? (
                name
              ) : (
                <Anchor href={href} size="sm">
                  {name}
                </Anchor>
              )}
            </Table.Td>
            <Table.Td ta="end">{format.number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
