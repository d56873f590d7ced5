import type { StatisticsGroup } from '@mailwright/core'
import type { Column } from '../../components/data-table.js'
import { type Names, useNames } from '../../components/use-names.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import type { Asked, Breakdown } from './question.js'
import { statisticsTexts } from './texts.js'

const WIDE = 'minmax(10rem, 1fr)'

/** The columns that say what a row is about. */
export function useGroupColumns({
  period,
  breakdown,
}: Pick<Asked, 'period' | 'breakdown'>): readonly Column<StatisticsGroup>[] {
  const t = useTexts(statisticsTexts)
  const format = useFormat()
  const names = useNames()
  const columns: Column<StatisticsGroup>[] = []
  if (period !== '')
    columns.push({
      key: 'period',
      header: t[period],
      width: WIDE,
      cell: ({ startsAt = 0 }) => (period === 'day' ? format.day(startsAt) : format.minute(startsAt)),
    })
  if (breakdown !== '')
    columns.push({
      key: 'group',
      header: t[breakdown],
      width: WIDE,
      cell: (row) => nameOf(breakdown, row, names) || t.none,
    })
  return columns
}

/** '' for mail without one. */
function nameOf(of: Exclude<Breakdown, ''>, row: StatisticsGroup, names: Names): string {
  const value = row[of] ?? ''
  return value !== '' && (of === 'template' || of === 'task') ? names[of](value) : value
}

export const groupKey = (row: StatisticsGroup): string =>
  [row.period, row.domain, row.recipientDomain, row.template, row.task].join(' ')
