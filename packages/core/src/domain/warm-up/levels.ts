import { MailError } from '../../errors/mail-error.js'

/** Mails a day at levels 1 to 20 (TSK-7). */
export const LEVEL_LIMITS: readonly number[] = [
  500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 300_000, 400_000,
  500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000,
]

export const FIRST_LEVEL = 1
/** The highest level that is reached by sending well. */
export const TOP_LEVEL = LEVEL_LIMITS.length
/** The one level above: its limit is the operator's grant. */
export const GRANTED_LEVEL = TOP_LEVEL + 1

/**
 * Mails a day at a level. Above 20 it is the operator's grant and nothing else: without one LIMIT_REACHED is thrown. Below 1 or
 * not an integer is INPUT_INVALID.
 */
export function levelLimit(level: number, operatorLimit: number | null = null): number {
  const limit = LEVEL_LIMITS[level - 1]
  if (limit !== undefined) return limit
  if (!Number.isInteger(level) || level < FIRST_LEVEL) {
    throw new MailError('INPUT_INVALID', { field: 'level', expected: 'an integer from 1', nearest: FIRST_LEVEL })
  }
  if (operatorLimit === null)
    throw new MailError('LIMIT_REACHED', { field: 'level', limit: TOP_LEVEL, nearest: TOP_LEVEL })
  return operatorLimit
}
