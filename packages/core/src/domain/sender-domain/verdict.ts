import type { Instant } from '../../ports/clock.js'
import type { DnsPurpose, DnsRow, DomainState } from './dns-row.js'

export interface Verdict {
  /** Every required row passed. */
  readonly passed: boolean
  /** Required rows that did not, by what was found. */
  readonly missing: readonly DnsRow[]
  readonly wrong: readonly DnsRow[]
  readonly unknown: readonly DnsRow[]
}

/** Whether the required rows pass (DOM-4). */
export function verdict(rows: readonly DnsRow[]): Verdict {
  const required = rows.filter((row) => row.required)
  const having = (status: DnsRow['status']) => required.filter((row) => row.status === status)
  return {
    passed: required.every((row) => row.status === 'passed'),
    missing: having('missing'),
    wrong: having('wrong'),
    unknown: having('unknown'),
  }
}

/**
 * DOM-1, DOM-3: the state after a look at DNS. The first account to verify owns the name; what is verified stays so
 * whatever DNS says later (DOM-9 shows that as health).
 */
export function nextDomainState(
  state: DomainState,
  look: { readonly passed: boolean; readonly ownedByOther: boolean },
): DomainState {
  if (state === 'verified') return 'verified'
  if (look.ownedByOther) return 'lost'
  return look.passed ? 'verified' : state
}

/** DOM-9. A type, so that it is storable as JSON. */
export type DomainHealth =
  | { readonly state: 'healthy' }
  | { readonly state: 'failing'; readonly since: Instant; readonly purposes: readonly DnsPurpose[] }

/**
 * DOM-9: health of a verified domain after its daily check. Only a definite answer changes it: a row that cannot be looked
 * up neither fails nor mends. `since` is when the first row of this failure was seen failing.
 */
export function healthAfter(before: DomainHealth, rows: readonly DnsRow[], now: Instant): DomainHealth {
  const failedBefore: readonly DnsPurpose[] = before.state === 'failing' ? before.purposes : []
  const failing = rows.filter(
    (row) =>
      row.required &&
      (row.status === 'missing' ||
        row.status === 'wrong' ||
        (row.status === 'unknown' && failedBefore.includes(row.purpose))),
  )
  if (failing.length === 0) return { state: 'healthy' }
  const purposes = [...new Set(failing.map((row) => row.purpose))]
  return { state: 'failing', since: before.state === 'failing' ? before.since : now, purposes }
}

/** DOM-3, DOM-9: a verified domain sends; a failing one too, unless `strictRecheck`. */
export const maySend = (domain: {
  readonly state: DomainState
  readonly health: DomainHealth
  readonly strictRecheck: boolean
}): boolean => domain.state === 'verified' && (domain.health.state === 'healthy' || !domain.strictRecheck)
