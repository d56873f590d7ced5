import { Group, Select, Text } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { BillGroups } from './bill-groups.js'
import { BillLines } from './bill-lines.js'
import { billTexts } from './bill-texts.js'
import { monthsBetween } from './months.js'
import { PartLinks } from './part-links.js'
import { ipTexts } from './texts.js'

export function BillPage() {
  const t = useTexts(billTexts)
  const { bill: title } = useTexts(ipTexts)
  const [filters, filter] = useFilters('month', 'tag')
  const { data: service } = useCall('dedicatedIps.status', [])
  const now = Date.now()
  const months = monthsBetween(service?.agreements[0]?.at ?? now, now)
  const month = filters.month === '' ? (months[0] ?? '') : filters.month
  const groupBy = filters.tag === '' ? {} : { groupBy: `tag:${filters.tag}` }
  const { data: bill, error, refetch } = useCall('dedicatedIps.bill', [{ month, ...groupBy }])
  const keys = [...new Set(bill?.lines.flatMap(({ tags }) => Object.keys(tags)) ?? [])]
  const shown = keys.includes(filters.tag) || filters.tag === '' ? keys : [filters.tag, ...keys]
  return (
    <Page title={title} intro={t.billIntro}>
      <PartLinks />
      <Group align="flex-end">
        <Select
          label={t.month}
          data={months.includes(month) ? [...months] : [month, ...months]}
          value={month}
          onChange={(chosen) => chosen !== null && filter({ month: chosen })}
          allowDeselect={false}
          w={160}
        />
        <ChoiceFilter
          label={t.groupBy}
          all={t.noGroup}
          choices={shown}
          value={filters.tag}
          onChange={(tag) => filter({ tag })}
        />
      </Group>
      {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
      {bill === undefined && error === null && <Loading />}
      {bill === null && <EmptyState title={t.freeTitle} next={t.freeNext} />}
      {bill && (
        <>
          <Text size="sm">{bill.final ? t.final : t.running}</Text>
          <BillLines bill={bill} />
          {filters.tag !== '' && <BillGroups bill={bill} tag={filters.tag} />}
        </>
      )}
    </Page>
  )
}
