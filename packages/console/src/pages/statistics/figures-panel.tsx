import type { StatisticsGroup } from '@mailwright/core'
import { lazy, Suspense, useMemo } from 'react'
import { type Column, DataTable } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { Loading } from '../../components/loading.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { type Figure, FigureCards } from './figure-cards.js'
import { type Asked, overTime } from './question.js'
import { statisticsTexts } from './texts.js'
import { groupKey, useGroupColumns } from './use-group-columns.js'

const LineChart = lazy(async () => ({ default: (await import('../../components/line-chart.js')).LineChart }))

type Row<C extends string> = StatisticsGroup & { readonly counts: Readonly<Record<C, number | null>> }

interface Props<C extends string> {
  readonly asked: Asked
  readonly label: string
  readonly figures: readonly Figure[]
  readonly rows: readonly Row<C>[]
  /** What the table shows, and what of it the chart draws. */
  readonly columns: readonly (C & keyof typeof statisticsTexts.en)[]
  readonly lines: readonly (C & keyof typeof statisticsTexts.en)[]
}

/** The same figures large, over time, and row by row. */
export function FiguresPanel<C extends string>({ asked, label, figures, rows, columns, lines }: Props<C>) {
  const t = useTexts(statisticsTexts)
  const format = useFormat()
  const groups = useGroupColumns(asked)
  const name = (of: keyof typeof statisticsTexts.en): string => String(t[of])
  const chart = useMemo(() => {
    const { times, values } = overTime<C>(rows, lines)
    return { times, lines: lines.map((line) => ({ label: String(t[line]), values: values[line] })) }
  }, [rows, lines, t])
  if (rows.length === 0) return <EmptyState title={t.emptyTitle} next={t.emptyNext} />
  const cells: readonly Column<Row<C>>[] = columns.map((column) => ({
    key: column,
    header: name(column),
    align: 'end',
    cell: ({ counts }) => {
      const count = counts[column]
      return count === null ? '–' : format.number(count)
    },
  }))
  return (
    <>
      <FigureCards figures={figures} />
      {chart.times.length > 1 && (
        <div className="panel">
          <Suspense fallback={<Loading />}>
            <LineChart label={t.chart(lines.map(name).join(', '))} {...chart} />
          </Suspense>
        </div>
      )}
      <DataTable label={label} columns={[...groups, ...cells]} rows={rows} rowKey={groupKey} />
    </>
  )
}
