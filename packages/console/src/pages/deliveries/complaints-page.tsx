import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { EventFilters, EventList, useEventFilters } from './event-list.js'
import { ExportCsv } from './export-csv.js'
import { deliveryTexts } from './texts.js'

export function ComplaintsPage() {
  const t = useTexts(deliveryTexts)
  const { input, ...filters } = useEventFilters()
  return (
    <Page title={t.complaintsTitle} intro={t.complaintsIntro} actions={<ExportCsv list="complaints" input={input} />}>
      <EventFilters {...filters} />
      <EventList operation="deliveries.complaints" input={input} label={t.complaintsTitle} columns={[]} />
    </Page>
  )
}
