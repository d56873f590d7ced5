import type { ClickEvent, VisitEvent } from '@mailwright/core'
import { SegmentedControl, Switch, Text } from '@mantine/core'
import { useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { DateRange } from '../../components/date-range.js'
import { Page } from '../../components/page.js'
import { type DayRange, instantsOf } from '../../components/range.js'
import { useTexts } from '../../language/language.js'
import { EventFilters, EventList, useEventFilters } from './event-list.js'
import { eventWords, inWords } from './event-words.js'
import { ExportCsv } from './export-csv.js'
import { deliveryTexts } from './texts.js'

export function VisitsPage() {
  const t = useTexts(deliveryTexts)
  const machineWords = useTexts(eventWords.machines)
  const { input, ...filters } = useEventFilters()
  const [{ list, machines, sentFrom, sentTo }, change] = useFilters('list', 'machines', 'sentFrom', 'sentTo')
  const changeSent = ({ from, to }: DayRange) => change({ sentFrom: from, sentTo: to })
  const sent = instantsOf({ from: sentFrom, to: sentTo })
  const clicks = list === 'clicks'
  const asked = {
    ...input,
    ...(sent.from === undefined ? {} : { sentFrom: sent.from }),
    ...(sent.to === undefined ? {} : { sentTo: sent.to }),
    ...(machines === 'yes' ? { machines: true } : {}),
  }
  const visit: readonly Column<VisitEvent>[] = [
    {
      key: 'who',
      header: t.who,
      cell: ({ human, why }) => (
        <>
          <Text size="sm">{human ? t.human : t.machine}</Text>
          <Text size="xs" c="dimmed">
            {why !== null && inWords(machineWords, why)}
          </Text>
        </>
      ),
    },
    {
      key: 'agent',
      header: t.userAgent,
      width: 'minmax(12rem, 2fr)',
      cell: ({ userAgent }) => (
        <Text size="xs" lineClamp={2} title={userAgent}>
          {userAgent}
        </Text>
      ),
    },
  ]
  const click: readonly Column<ClickEvent>[] = [
    {
      key: 'link',
      header: t.link,
      width: 'minmax(12rem, 2fr)',
      cell: ({ link }) => (
        <Text component="span" className="value">
          {link}
        </Text>
      ),
    },
  ]
  return (
    <Page
      title={t.visitsTitle}
      intro={t.visitsIntro}
      actions={<ExportCsv list={clicks ? 'clicks' : 'opens'} input={asked} />}
    >
      <SegmentedControl
        aria-label={t.visitsTitle}
        data={[
          { value: 'opens', label: t.opens },
          { value: 'clicks', label: t.clicks },
        ]}
        value={clicks ? 'clicks' : 'opens'}
        onChange={(value) => change({ list: value === 'clicks' ? 'clicks' : '' })}
      />
      <EventFilters {...filters} />
      <DateRange label={t.sentDays} value={{ from: sentFrom, to: sentTo }} onChange={changeSent} />
      <Switch
        label={t.machines}
        checked={machines === 'yes'}
        onChange={({ currentTarget }) => change({ machines: currentTarget.checked ? 'yes' : '' })}
      />
      {clicks ? (
        <EventList operation="deliveries.clicks" input={asked} label={t.clicks} columns={[...visit, ...click]} />
      ) : (
        <EventList operation="deliveries.opens" input={asked} label={t.opens} columns={visit} />
      )}
    </Page>
  )
}
