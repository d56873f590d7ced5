/** How far one lane of a frozen run has been given out: rows [0, granted) of `total`. */
export interface LaneProgress {
  readonly granted: number
  readonly total: number
}

/** Rows [from, to) of one lane: one work row. */
export interface RowRange {
  readonly lane: string
  readonly from: number
  readonly to: number
}

export const CHUNK_ROWS = 500

/**
 * Which rows of a run go out now: exactly min(available, rows left), each lane in proportion to what it has left, cut into
 * ranges of at most `chunk` rows. The ranges of the lanes take turns, so that no lane waits for another to end (TSK-6).
 * The same input gives the same answer.
 */
export function splitGrant(request: {
  readonly lanes: Readonly<Record<string, LaneProgress>>
  readonly available: number
  readonly chunk?: number
}): readonly RowRange[] {
  const { lanes, available, chunk = CHUNK_ROWS } = request
  const queues = shares(lanes, available).map(({ lane, from, count }) => chunksOf(lane, from, from + count, chunk))
  const longest = Math.max(0, ...queues.map((queue) => queue.length))
  const ranges: RowRange[] = []
  for (let turn = 0; turn < longest; turn++) {
    for (const queue of queues) {
      const range = queue[turn]
      if (range) ranges.push(range)
    }
  }
  return ranges
}

/** Largest remainder: floors first, then the rows left over go one each to those who lost most by it. */
function shares(lanes: Readonly<Record<string, LaneProgress>>, available: number) {
  const open = Object.entries(lanes)
    .map(([lane, { granted, total }]) => ({ lane, from: granted, left: Math.max(0, total - granted) }))
    .filter(({ left }) => left > 0)
    .sort((a, b) => b.left - a.left || (a.lane < b.lane ? -1 : 1))
  const left = open.reduce((sum, lane) => sum + lane.left, 0)
  const grant = Math.max(0, Math.min(Math.floor(available), left))
  const floors = open.map((lane) => {
    const product = grant * lane.left
    return { ...lane, count: Math.floor(product / left), remainder: product % left }
  })
  let over = grant - floors.reduce((sum, lane) => sum + lane.count, 0)
  const favoured = new Set<string>()
  for (const lane of [...floors].sort((a, b) => b.remainder - a.remainder)) {
    if (over-- <= 0) break
    favoured.add(lane.lane)
  }
  return floors.map(({ lane, from, count }) => ({ lane, from, count: count + (favoured.has(lane) ? 1 : 0) }))
}

function chunksOf(lane: string, from: number, to: number, chunk: number): readonly RowRange[] {
  const ranges: RowRange[] = []
  for (let start = from; start < to; start += chunk) ranges.push({ lane, from: start, to: Math.min(start + chunk, to) })
  return ranges
}
