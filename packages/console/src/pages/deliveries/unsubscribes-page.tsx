import type { UnsubscribeEvent } from '@mailwright/core'
import type { Column } from '../../components/data-table.js'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { EventFilters, EventList, useEventFilters } from './event-list.js'
import { eventWords, inWords } from './event-words.js'
import { ExportCsv } from './export-csv.js'
import { deliveryTexts } from './texts.js'

export function UnsubscribesPage() {
  const t = useTexts(deliveryTexts)
  const ways = useTexts(eventWords.ways)
  const { input, ...filters } = useEventFilters()
  const columns: readonly Column<UnsubscribeEvent>[] = [
    { key: 'via', header: t.via, cell: ({ via }) => inWords(ways, via) },
  ]
  return (
    <Page
      title={t.unsubscribesTitle}
      intro={t.unsubscribesIntro}
      actions={<ExportCsv list="unsubscribes" input={input} />}
    >
      <EventFilters {...filters} />
      <EventList operation="deliveries.unsubscribes" input={input} label={t.unsubscribesTitle} columns={columns} />
    </Page>
  )
}
