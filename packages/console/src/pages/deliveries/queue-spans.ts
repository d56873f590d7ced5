import type { QueuePoint } from '@mailwright/core'

export const FIGURES = ['sent', 'delivered', 'deferred', 'bounced', 'rejected'] as const
export type Figure = (typeof FIGURES)[number]

/** How far back the chart may go, and how many minutes one point of it then has. */
const SPANS = { 60: 1, 360: 5, 1440: 15, 2880: 30 } as const
export type Range = keyof typeof SPANS
export const RANGES: readonly Range[] = [60, 360, 1_440, 2_880]

const MINUTE = 60_000

/** Minutes added up to spans that begin at whole ones of their length, so that no point changes its place while time goes on. */
export function spansOf(series: readonly QueuePoint[], range: Range): readonly QueuePoint[] {
  const length = SPANS[range] * MINUTE
  const spans = new Map<number, QueuePoint>()
  for (const point of series) {
    const at = Math.floor(point.at / length) * length
    const before = spans.get(at)
    spans.set(at, before === undefined ? { ...point, at } : sum(before, point))
  }
  return [...spans.values()]
}

const sum = (one: QueuePoint, other: QueuePoint): QueuePoint => ({
  at: one.at,
  sent: one.sent + other.sent,
  delivered: one.delivered + other.delivered,
  deferred: one.deferred + other.deferred,
  bounced: one.bounced + other.bounced,
  rejected: one.rejected + other.rejected,
})

export const isQuiet = (point: QueuePoint): boolean => FIGURES.every((figure) => point[figure] === 0)
