import { z } from 'zod'
import { type Moment, readMoment } from '../domain/calendar/index.js'
import type { Instant } from '../ports/clock.js'

/** Epoch milliseconds, as far as a Date goes. */
export const instantSchema = z.int('an instant in epoch milliseconds').min(0).max(8_640_000_000_000_000)

/** What `readMoment` reads, or a Date. */
export const momentSchema = z.union(
  [z.number(), z.date().transform((date) => date.getTime()), z.string().max(40)],
  'epoch milliseconds, a Date, or a date and time such as 2026-12-24T09:00 or 2026-12-24T09:00Z',
)

type WithInstants<T, N> = T extends unknown
  ? { [K in keyof T]: K extends N ? Exclude<T[K], Moment> | Instant : T[K] }
  : never

/** The input with the named moments read in the zone. @throws INPUT_INVALID naming the field */
export function instantsOf<T extends object, const N extends string>(
  given: T,
  names: readonly N[],
  timeZone: string,
): WithInstants<T, N> {
  const entries = Object.entries(given).map(([name, value]) => {
    const read = value !== undefined && value !== null && (names as readonly string[]).includes(name)
    return [name, read ? readMoment(name, value, timeZone) : value]
  })
  return Object.fromEntries(entries) as WithInstants<T, N>
}
