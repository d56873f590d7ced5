import type { BounceEvent } from '@mailwright/core'
import { Anchor, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { Page } from '../../components/page.js'
import { StateBadge } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { EventFilters, EventList, useEventFilters } from './event-list.js'
import { eventWords, inWords } from './event-words.js'
import { ExportCsv } from './export-csv.js'
import { deliveryTexts } from './texts.js'

export function BouncesPage() {
  const t = useTexts(deliveryTexts)
  const reasons = useTexts(eventWords.reasons)
  const { input, ...filters } = useEventFilters()
  const columns: readonly Column<BounceEvent>[] = [
    {
      key: 'hardness',
      header: t.hardness,
      cell: ({ hardness }) => <StateBadge tone={hardness === 'hard' ? 'bad' : 'waiting'}>{t[hardness]}</StateBadge>,
    },
    { key: 'reason', header: t.reason, cell: ({ reason }) => inWords(reasons, reason) },
    {
      key: 'reply',
      header: t.lastReply,
      width: 'minmax(14rem, 2fr)',
      cell: ({ reply }) => (
        <Text component="span" className="value" lineClamp={3} title={reply}>
          {reply}
        </Text>
      ),
    },
    {
      key: 'lookup',
      header: '',
      cell: ({ recipient }) => (
        <Anchor href={`${pageUrl('blocklist')}?address=${encodeURIComponent(recipient)}`} size="sm">
          {t.lookup}
        </Anchor>
      ),
    },
  ]
  return (
    <Page title={t.bouncesTitle} intro={t.bouncesIntro} actions={<ExportCsv list="bounces" input={input} />}>
      <EventFilters {...filters} />
      <EventList operation="deliveries.bounces" input={input} label={t.bouncesTitle} columns={columns} />
    </Page>
  )
}
