/**
 * The statistics are counted in the table tally, by shard. What is old enough is moved to tally_closed, one row per cell, and added to
 * tally_span, one row for so long a time (docs/decisions/0011). An answer adds up what is open, what is closed, and spans in the
 * place of what is closed.
 */
export const foldedCubes = ['sender', 'recipient'] as const
export const isFolded = (cube: string): boolean => foldedCubes.some((one) => one === cube)

const day = 86_400_000
/** The longest first. A quarter of a year is five long spans, some short ones, and two days of cells at its two ends. */
export const spanWidths: readonly number[] = [16 * day, 2 * day]

/** A part of a range that spans of one width say, or, at width 0, cells. */
export interface Piece {
  readonly width: number
  readonly from: number
  readonly to: number
}

/** The fewest rows that say a range. Spans that reach below the floor are not whole any more. */
export const piecesOf = (
  from: number,
  to: number,
  floor: number,
  widths: readonly number[] = spanWidths,
): readonly Piece[] => {
  if (from >= to) return []
  const [width, ...shorter] = widths
  if (width === undefined) return [{ width: 0, from, to }]
  const first = Math.ceil(Math.max(from, floor) / width) * width
  const last = Math.floor(to / width) * width
  if (first >= last) return piecesOf(from, to, floor, shorter)
  return [
    ...piecesOf(from, first, floor, shorter),
    { width, from: first, to: last },
    ...piecesOf(last, to, floor, shorter),
  ]
}

export const cellKey = 'cube, account, bucket, domain, recipient_domain, template, task'
export const spanKey = 'cube, account, width, bucket, domain, recipient_domain, template, task'

/** The key of the span that a cell is in; those of recipient domains keep no template and no task. */
export const keyOfSpan = `cube, account, w.width, bucket - mod(bucket, w.width), domain, recipient_domain,
  case cube when 'recipient' then '' else template end, case cube when 'recipient' then '' else task end`
export const allWidths = `unnest('{${spanWidths.join(',')}}'::int8[]) as w(width)`
