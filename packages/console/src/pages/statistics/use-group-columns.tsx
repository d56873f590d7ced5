import type { StatisticsGroup } from '@mailwright/core'
import { useCall } from '../../api/use-call.js'
import type { Column } from '../../components/data-table.js'
import { useTexts } from '../../language/language.js'
import type { Asked, Breakdown } from './question.js'
import { statisticsTexts } from './texts.js'

const MOST = 100

/** The columns that say what a row is about. Templates and tasks are named, as far as the last hundred go. */
export function useGroupColumns({
  period,
  breakdown,
}: Pick<Asked, 'period' | 'breakdown'>): readonly Column<StatisticsGroup>[] {
  const t = useTexts(statisticsTexts)
  const templates =
    useCall('templates.list', [{ limit: MOST }], { enabled: breakdown === 'template' }).data?.items ?? []
  const tasks = useCall('tasks.list', [{ limit: MOST }], { enabled: breakdown === 'task' }).data?.items ?? []
  const nameOf = (of: Exclude<Breakdown, ''>, row: StatisticsGroup): string => {
    const value = row[of] ?? ''
    if (value === '') return t.none
    if (of === 'template') return templates.find(({ id }) => id === value)?.name ?? value.slice(-8)
    if (of === 'task') return tasks.find(({ id }) => id === value)?.name ?? value.slice(-8)
    return value
  }
  return [
    ...(period === ''
      ? []
      : [
          {
            key: 'period',
            header: t[period],
            width: 'minmax(10rem, 1fr)',
            cell: (row: StatisticsGroup) => row.period ?? '',
          },
        ]),
    ...(breakdown === ''
      ? []
      : [
          {
            key: 'group',
            header: t[breakdown],
            width: 'minmax(10rem, 1fr)',
            cell: (row: StatisticsGroup) => nameOf(breakdown, row),
          },
        ]),
  ]
}

export const groupKey = (row: StatisticsGroup): string =>
  [row.period, row.domain, row.recipientDomain, row.template, row.task].join(' ')
