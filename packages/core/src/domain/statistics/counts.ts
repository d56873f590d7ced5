import { COUNTERS, type Counter, type Counts } from '../../ports/counters.js'

export const noCounts: Counts = Object.freeze(
  Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<Counter, number>,
)

/** The sum of cells. Order and grouping make no difference (STA-2). */
export function addCounts(all: Iterable<Counts>): Counts {
  const sum: Record<Counter, number> = { ...noCounts }
  for (const counts of all) for (const name of COUNTERS) sum[name] += counts[name]
  return sum
}
