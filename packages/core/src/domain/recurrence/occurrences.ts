import type { Instant } from '../../ports/clock.js'
import { nextOfEvery } from './next-of-every.js'
import { nextOfRule } from './next-of-rule.js'
import type { Recurring } from './recurrence.js'

/** The first occurrence after `after`, null if there is none any more. Later for a later `after`, and never equal to it. */
export function nextOccurrence(recurring: Recurring, after: Instant): Instant | null {
  const next = 'every' in recurring ? nextOfEvery(recurring, after) : nextOfRule(recurring, after)
  return next === null || (recurring.until !== undefined && next > recurring.until) ? null : next
}

/** The next `limit` occurrences after `after`, fewer if it ends before. */
export function occurrencesAfter(recurring: Recurring, after: Instant, limit: number): readonly Instant[] {
  const found: Instant[] = []
  for (let last = after; found.length < limit; ) {
    const next = nextOccurrence(recurring, last)
    if (next === null) break
    found.push(next)
    last = next
  }
  return found
}
