interface Range {
  readonly from?: number
  readonly to?: number
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** From the start of one day to the end of another, as the browser's own time zone has them; what is no day bounds nothing. */
export function dayRange(first: string, last: string): Range {
  const from = startOf(first, 0)
  const to = startOf(last, 1)
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }
}

function startOf(day: string, later: number): number | null {
  if (!DAY.test(day)) return null
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const start = new Date(year, month - 1, date + later).getTime()
  return Number.isNaN(start) ? null : start
}
