import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import './line-chart.css'

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
/** Told apart without colour as well: each has dashes of its own. */
const looks = [
  { light: '#364fc7', dark: '#91a7ff', dash: [] },
  { light: '#2b8a3e', dark: '#69db7c', dash: [8, 3] },
  { light: '#c92a2a', dark: '#ff8787', dash: [3, 3] },
  { light: '#e67700', dark: '#ffd43b', dash: [10, 3, 2, 3] },
  { light: '#862e9c', dark: '#e599f7', dash: [2, 2] },
] as const

export function LineChart({ label, times, lines }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme()
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const chart = new uPlot(options(element.clientWidth, lines, scheme), dataOf(times, lines), element)
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [times, lines, scheme])
  return <div ref={frame} className="line-chart" role="img" aria-label={label} />
}

const dataOf = (times: readonly number[], lines: readonly Line[]): uPlot.AlignedData => [
  times.map((at) => at / 1_000),
  ...lines.map(({ values }) => [...values]),
]

function options(width: number, lines: readonly Line[], scheme: 'light' | 'dark'): uPlot.Options {
  const ink = scheme === 'dark' ? '#c9c9c9' : '#495057'
  const grid = scheme === 'dark' ? '#424242' : '#e9ecef'
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } }
  return {
    width,
    height: HEIGHT,
    scales: { y: { range: (_, __, most) => [0, Math.max(5, most * 1.05)] } },
    axes: [axis, { ...axis, size: 60 }],
    series: [
      {},
      ...lines.map(({ label }, at) => {
        const look = looks[at % looks.length] ?? looks[0]
        return { label, stroke: look[scheme], width: 2, dash: [...look.dash], points: { show: false } }
      }),
    ],
  }
}
