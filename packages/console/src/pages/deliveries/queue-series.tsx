import type { QueuePoint } from '@mailwright/core'
import { SimpleGrid, Text, Title } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { type Column, DataTable } from '../../components/data-table.js'
import { Loading } from '../../components/loading.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { FIGURES, isQuiet, type Range, spansOf } from './queue-spans.js'
import { deliveryTexts } from './texts.js'

const LineChart = lazy(async () => ({ default: (await import('../../components/line-chart.js')).LineChart }))

interface Props {
  readonly series: readonly QueuePoint[]
  readonly range: Range
}

/** What happened: its sums, over time, and row by row. */
export function QueueSeries({ series, range }: Props) {
  const t = useTexts(deliveryTexts)
  const format = useFormat()
  const { spans, times, lines } = useMemo(() => {
    const points = spansOf(series, range)
    return {
      spans: points.filter((point) => !isQuiet(point)).reverse(),
      times: points.map(({ at }) => at),
      lines: FIGURES.map((figure) => ({ label: t[figure], values: points.map((point) => point[figure]) })),
    }
  }, [series, range, t])
  const columns: readonly Column<QueuePoint>[] = [
    { key: 'at', header: t.at, width: 'minmax(10rem, 1fr)', cell: ({ at }) => format.minute(at) },
    ...FIGURES.map(
      (figure): Column<QueuePoint> => ({
        key: figure,
        header: t[figure],
        align: 'end',
        cell: (point) => format.number(point[figure]),
      }),
    ),
  ]
  return (
    <>
      <Title order={2} size="h4">
        {t.sums}
      </Title>
      <SimpleGrid cols={{ base: 2, sm: 5 }} component="dl" m={0}>
        {lines.map(({ label, values }) => (
          <div key={label} className="panel">
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" m={0} size="xl" fw={650}>
              {format.number(values.reduce((sum, value) => sum + value, 0))}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      <div className="panel">
        <Suspense fallback={<Loading />}>
          <LineChart label={t.chart} times={times} lines={lines} />
        </Suspense>
      </div>
      {spans.length === 0 ? (
        <Text c="dimmed">{t.quiet}</Text>
      ) : (
        <DataTable label={t.table} columns={columns} rows={spans} rowKey={({ at }) => String(at)} />
      )}
    </>
  )
}
