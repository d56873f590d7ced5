import type { StatisticsGroup } from '@mailwright/core'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { Loading } from '../../components/loading.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { type Figure, FigureCards } from './figure-cards.js'
import { type Asked, periodsOf, valuesAt } from './question.js'
import { statisticsTexts } from './texts.js'
import { useGroupColumns } from './use-group-columns.js'

const LineChart = lazy(async () => ({ default: (await import('../../components/line-chart.js')).LineChart }))

type Named = keyof typeof statisticsTexts.en
type Row<C extends string> = StatisticsGroup & { readonly counts: Readonly<Record<C, number | null>> }

interface Props<C extends string> {
  readonly asked: Asked
  readonly figures: readonly Figure[]
  /** Each period once; see `overviewOf`. */
  readonly overview: { readonly from: number; readonly to: number; readonly items: readonly Row<C>[] }
  /** What of it the chart draws. */
  readonly lines: readonly (C & Named)[]
  readonly table: ReactNode
}

/** The same figures large, over time, and row by row. */
export function FiguresPanel<C extends string>({ asked, figures, overview, lines, table }: Props<C>) {
  const t = useTexts(statisticsTexts)
  const chart = useMemo(() => {
    const times = periodsOf(overview, asked.period)
    const drawn = lines.map((line) => ({ label: String(t[line]), values: valuesAt(times, overview.items, line) }))
    return { times, lines: drawn }
  }, [overview, asked.period, lines, t])
  if (overview.items.length === 0) return <EmptyState title={t.emptyTitle} next={t.emptyNext} />
  return (
    <>
      <FigureCards figures={figures} />
      {chart.times.length > 1 && (
        <div className="panel">
          <Suspense fallback={<Loading />}>
            <LineChart label={t.chart(chart.lines.map(({ label }) => label).join(', '))} {...chart} />
          </Suspense>
        </div>
      )}
      {table}
    </>
  )
}

/** What a row is about, and its figures. */
export function useFigureColumns<C extends string>(
  asked: Asked,
  names: readonly (C & Named)[],
): readonly Column<Row<C>>[] {
  const t = useTexts(statisticsTexts)
  const format = useFormat()
  const groups = useGroupColumns(asked)
  const counts = names.map(
    (name): Column<Row<C>> => ({
      key: name,
      header: String(t[name]),
      align: 'end',
      cell: (row) => {
        const count = row.counts[name]
        return count === null ? '–' : format.number(count)
      },
    }),
  )
  return [...groups, ...counts]
}
