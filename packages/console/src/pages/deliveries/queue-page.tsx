import type { QueueStatus } from '@mailwright/core'
import { Group, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
import { DomainFilter, RecipientDomainFilter } from '../../components/filters.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { StateBadge } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { deliveryTexts } from './texts.js'
import { useLiveQueue } from './use-live-queue.js'

const LineChart = lazy(async () => ({ default: (await import('../../components/line-chart.js')).LineChart }))
const RANGES = [60, 360, 1_440, 2_880] as const
const FIGURES = ['sent', 'delivered', 'deferred', 'bounced', 'rejected'] as const

export function QueuePage() {
  const t = useTexts(deliveryTexts)
  const [{ domain, recipientDomain, minutes }, filter] = useFilters('domain', 'recipientDomain', 'minutes')
  const range = RANGES.find((one) => String(one) === minutes) ?? RANGES[0]
  const input = useMemo(
    () => ({
      minutes: range,
      ...(domain === '' ? {} : { domains: [domain] }),
      ...(recipientDomain === '' ? {} : { recipientDomains: [recipientDomain] }),
    }),
    [range, domain, recipientDomain],
  )
  const { status, connection } = useLiveQueue(input)
  // Until the stream has spoken, and where a proxy lets none through.
  const { data } = useCall('deliveries.queueStatus', [input], { everyMs: connection === 'live' ? undefined : 10_000 })
  const shown = connection === 'live' ? status : (data ?? status)
  const said = { connecting: t.connecting, live: t.live, lost: t.lost }[connection]
  return (
    <Page
      title={t.queueTitle}
      intro={t.queueIntro}
      actions={
        <div role="status">
          <StateBadge tone={connection === 'live' ? 'good' : 'over'}>{said}</StateBadge>
        </div>
      }
    >
      <Group align="flex-end">
        <DomainFilter value={domain} onChange={(value) => filter({ domain: value })} />
        <RecipientDomainFilter value={recipientDomain} onChange={(value) => filter({ recipientDomain: value })} />
        <Select
          label={t.range}
          data={RANGES.map((one) => ({ value: String(one), label: t.minutes(one) }))}
          value={String(range)}
          allowDeselect={false}
          onChange={(value) => filter({ minutes: value ?? '' })}
          w={150}
        />
      </Group>
      {shown === null ? <Loading /> : <Status status={shown} />}
    </Page>
  )
}

function Status({ status }: { readonly status: QueueStatus }) {
  const t = useTexts(deliveryTexts)
  const format = useFormat()
  const { times, lines } = useMemo(
    () => ({
      times: status.series.map(({ at }) => at),
      lines: FIGURES.map((figure) => ({ label: t[figure], values: status.series.map((point) => point[figure]) })),
    }),
    [status, t],
  )
  return (
    <>
      <Title order={2} size="h4">
        {t.sums}
      </Title>
      <SimpleGrid cols={{ base: 2, sm: 5 }} component="dl" m={0}>
        {lines.map(({ label, values }) => (
          <div key={label} className="panel">
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" m={0} size="xl" fw={650}>
              {format.number(values.reduce((sum, value) => sum + value, 0))}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      <div className="panel">
        <Suspense fallback={<Loading />}>
          <LineChart label={t.chart} times={times} lines={lines} />
        </Suspense>
      </div>
      <Queued queued={status.queued} />
    </>
  )
}

function Queued({ queued }: Pick<QueueStatus, 'queued'>) {
  const t = useTexts(deliveryTexts)
  const format = useFormat()
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
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <CountTable label={t.domain} rows={queued.byDomain.map(({ domain, count }) => ({ name: domain, count }))} />
          <CountTable label={t.recipientDomain} rows={[...byRecipient, ...others]} />
        </SimpleGrid>
      )}
    </Stack>
  )
}

interface CountTableProps {
  readonly label: string
  readonly rows: readonly { readonly name: string; readonly count: number }[]
}

function CountTable({ label, rows }: CountTableProps) {
  const t = useTexts(deliveryTexts)
  const format = useFormat()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{label}</Table.Th>
          <Table.Th ta="end">{t.waits}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, count }) => (
          <Table.Tr key={name}>
            <Table.Td className="break">{name}</Table.Td>
            <Table.Td ta="end">{format.number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
