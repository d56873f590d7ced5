import { addDays, daysBetween } from '../calendar/index.js'
import { daysInMonth, firstDay, nextMonth } from './months.js'

/** One IP in the hands of one account, from its allocation to its end. Days are calendar days of the policy's zone; both ends count. */
export interface Usage {
  readonly id: string
  readonly ip: string
  /** Minor units per month, as agreed when it was applied for. */
  readonly price: number
  readonly since: string
  /** null: still in use. */
  readonly until: string | null
}

export interface MonthFee {
  readonly usage: Usage
  readonly activeDays: number
  /** Minor units. */
  readonly fee: number
}

/** Days of the month on which it was in use, up to and with `through`. */
export function activeDays({ since, until }: Usage, month: string, through: string): number {
  const last = least(until ?? through, through, addDays(firstDay(nextMonth(month)), -1))
  const first = since > firstDay(month) ? since : firstDay(month)
  return Math.max(0, daysBetween(first, last) + 1)
}

const least = (...days: readonly string[]): string => days.reduce((one, other) => (other < one ? other : one))

/** Rounds half up, on whole numbers alone: no fraction is ever computed. */
export function halfUp(numerator: number, denominator: number): number {
  const doubled = 2 * numerator + denominator
  const rest = doubled % (2 * denominator)
  return (doubled - rest) / (2 * denominator)
}

/**
 * What each usage costs in a month: price × active days ÷ days in month, half-up (DIP-6). An IP that an account had twice in one month is rounded
 * once: the parts add up to the fee of the whole, which is never more than its price.
 */
export function monthFees(usages: readonly Usage[], month: string, through: string): readonly MonthFee[] {
  const days = daysInMonth(month)
  const soFar = new Map<string, number>()
  return [...usages]
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .flatMap((usage) => {
      const active = activeDays(usage, month, through)
      if (active === 0) return []
      const before = soFar.get(usage.ip) ?? 0
      const after = before + usage.price * active
      soFar.set(usage.ip, after)
      return [{ usage, activeDays: active, fee: halfUp(after, days) - halfUp(before, days) }]
    })
}
