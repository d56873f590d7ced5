/** Farther than any event, and still an instant. */
const LAST = 8_640_000_000_000_000

/** A field for date and time, in the time zone of the browser, as an instant; left empty, it bounds nothing. */
export function boundOf(local: string, side: 'from' | 'to'): number {
  const at = local === '' ? Number.NaN : new Date(local).getTime()
  if (!Number.isNaN(at)) return at
  return side === 'from' ? 0 : LAST
}
