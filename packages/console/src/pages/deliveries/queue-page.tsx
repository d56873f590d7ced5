import { Group, Select } from '@mantine/core'
import { useMemo } from 'react'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
import { DomainFilter, RecipientDomainFilter } from '../../components/filters.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { QueueSeries } from './queue-series.js'
import { RANGES, type Range } from './queue-spans.js'
import { QueuedMail } from './queued-mail.js'
import { deliveryTexts } from './texts.js'
import { type LiveQueue, useLiveQueue } from './use-live-queue.js'

const USUAL: Range = 60
const READ_MS = 10_000
const tones: Readonly<Record<LiveQueue['connection'], Tone>> = { connecting: 'waiting', live: 'good', lost: 'bad' }

export function QueuePage() {
  const t = useTexts(deliveryTexts)
  const [{ domain, recipientDomain, minutes }, filter] = useFilters('domain', 'recipientDomain', 'minutes')
  const range = RANGES.find((one) => String(one) === minutes) ?? USUAL
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
  const read = useCall('deliveries.queueStatus', [input], {
    enabled: connection !== 'live',
    everyMs: connection === 'live' ? undefined : READ_MS,
  })
  const shown = connection === 'live' ? status : (read.data ?? status)
  return (
    <Page
      title={t.queueTitle}
      intro={t.queueIntro}
      actions={
        <div role="status">
          <StateBadge tone={tones[connection]}>{t[connection]}</StateBadge>
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
      {connection !== 'live' && read.error !== null && (
        <ProblemAlert error={read.error} retry={() => void read.refetch()} />
      )}
      {shown === null ? (
        read.error === null && <Loading />
      ) : (
        <>
          <QueueSeries series={shown.series} range={range} />
          <QueuedMail queued={shown.queued} />
        </>
      )}
    </Page>
  )
}
