import type { Problem } from '../../api/problem.js'
import { offsetOf } from './source-marks.js'

/** Where a template is refused, as the API tells it (TPL-2, TPL-3). */
export interface Refusal {
  readonly field: 'subject' | 'html' | 'text'
  readonly line: number
  readonly column: number
  readonly why:
    | { readonly type: 'syntax'; readonly reason: string }
    /** Where no value can be made safe. */
    | { readonly type: 'unsafe'; readonly place: string }
}

/** null: the problem is not about a place in the template. */
export function refusalOf({ details }: Problem): Refusal | null {
  const { field, line, column, reason, place } = details
  if (field !== 'subject' && field !== 'html' && field !== 'text') return null
  if (typeof line !== 'number' || typeof column !== 'number') return null
  const why =
    place === undefined
      ? ({ type: 'syntax', reason: String(reason) } as const)
      : ({ type: 'unsafe', place: String(place) } as const)
  return { field, line, column, why }
}

/** Where in a source the refusal lies; null: in another one. */
export const refusedAt = (refusal: Refusal | null, field: Refusal['field'], source: string): number | null =>
  refusal?.field === field ? offsetOf(source, refusal.line, refusal.column) : null
