import { addDays, daysBetween } from '../calendar/index.js'

/** The calendar month of a day: `2026-11` of `2026-11-23`. */
export const monthOf = (day: string): string => day.slice(0, 7)

export const firstDay = (month: string): string => `${month}-01`

export const nextMonth = (month: string): string => monthOf(addDays(firstDay(month), 31))

export const daysInMonth = (month: string): number => daysBetween(firstDay(month), firstDay(nextMonth(month)))

/** All months from `from` to `to`, both included; none if `to` is earlier. */
export function monthsFrom(from: string, to: string): readonly string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = nextMonth(month)) months.push(month)
  return months
}
