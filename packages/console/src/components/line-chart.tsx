import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useFormat } from '../language/use-format.js'
import './line-chart.css'
import { LineLegend, lineLooks } from './line-legend.js'

export interface Line {
  readonly label: string
  readonly values: readonly number[]
}

interface Props {
  /** What a screen reader is told; the figures stand in a table beside it. */
  readonly label: string
  /** Instants, ascending. */
  readonly times: readonly number[]
  readonly lines: readonly Line[]
}

const HEIGHT = 260
const DAY_MS = 86_400_000
/** Mails are whole. */
const STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((one) => one * 10 ** power)).flat()

const DAYS = [1, 2, 5, 7, 14, 30, 60, 90, 180, 365].map((days) => days * DAY_MS)

/** A day has at least 23 hours. */
const isDaily = ([first = 0, second = 0]: readonly number[]): boolean => second - first > 0.9 * DAY_MS

type Format = ReturnType<typeof useFormat>

/** Lines over time. What is pointed at stands in the legend; new figures move the lines and leave the pointer where it is. */
export function LineChart({ label, times, lines }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const data = useRef<uPlot.AlignedData>([[]])
  const [pointed, point] = useState<number | null>(null)
  const scheme = useComputedColorScheme()
  const format = useFormat()
  const count = lines.length
  const daily = isDaily(times)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the scheme changes
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const made = new uPlot(optionsOf(element, { count, daily }, format, point), data.current, element)
    chart.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      chart.current = null
    }
  }, [count, daily, format, scheme])
  useEffect(() => {
    data.current = [[...times], ...lines.map(({ values }) => [...values])]
    chart.current?.setData(data.current)
  }, [times, lines])
  return (
    <div className="line-chart">
      <div ref={frame} className="line-chart-plot" role="img" aria-label={label} />
      <LineLegend lines={lines} times={times} pointed={pointed} />
    </div>
  )
}

function optionsOf(
  element: HTMLElement,
  { count, daily }: { readonly count: number; readonly daily: boolean },
  format: Format,
  point: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const grid = { stroke: colour('--line-grid'), width: 1 }
  const axis = { stroke: colour('--line-ink'), grid, ticks: grid }
  return {
    width: element.clientWidth,
    height: HEIGHT,
    ms: 1,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
    scales: { y: { range: (_, __, most) => [0, Math.max(5, (most ?? 0) * 1.05)] } },
    axes: [
      {
        ...axis,
        space: 70,
        ...(daily && { incrs: DAYS }),
        values: (_, splits, __, ___, step) =>
          splits.map((at) => (step < DAY_MS ? clockOf(at, format) : format.date(at))),
      },
      { ...axis, size: 60, incrs: STEPS, values: (_, splits) => splits.map(format.number) },
    ],
    series: [
      {},
      ...Array.from({ length: count }, (_, at) => {
        const { colour: name, dash } = lineLooks(at)
        return { stroke: colour(name), width: 2, dash: [...dash], points: { show: false } }
      }),
    ],
  }
}

/** Midnight is told by its day. */
function clockOf(at: number, format: Format): string {
  const date = new Date(at)
  return date.getHours() === 0 && date.getMinutes() === 0 ? format.date(at) : format.clock(at)
}
