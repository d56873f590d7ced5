/** Days of the browser's time zone, both included: `2026-11-23`. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const two = (number: number): string => String(number).padStart(2, '0')

/** The day of an instant. */
export function dayOf(instant: number): string {
  const date = new Date(instant)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The last so many days, today included. Counted on the calendar, since days have 23 to 25 hours. */
export function lastDays(days: number, now = Date.now()): DayRange {
  const first = new Date(now)
  first.setDate(first.getDate() - (days - 1))
  return { from: dayOf(first.getTime()), to: dayOf(now) }
}

/** From the first instant of the first day to the first after the last; a day that is none leaves its end open. */
export function instantsOf({ from, to }: DayRange): { readonly from?: number; readonly to?: number } {
  const begin = startOf(from)
  const end = startOf(to, 1)
  return { ...(begin === null ? {} : { from: begin }), ...(end === null ? {} : { to: end }) }
}

/** Built of its parts, so that days with 23 or 25 hours are whole. */
function startOf(day: string, daysLater = 0): number | null {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  const instant = new Date(year, month - 1, date + daysLater).getTime()
  // A year that is being typed passes through the first century.
  return instant >= 0 ? instant : null
}
