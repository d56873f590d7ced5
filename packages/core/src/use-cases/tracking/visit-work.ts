import type { Visit } from '../../domain/tracking/index.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject, NewWork, Work } from '../../ports/rows.js'

/** An unsubscribe that came before its mail was stored. It blocks already, and waits to be recorded. */
export interface EarlyUnsubscribe {
  readonly kind: 'unsubscribe'
  readonly at: Instant
  readonly via: string
}

/** What came back about a mail and waits to be judged and recorded. */
export type Arrival = (Visit & { readonly number: number | null }) | EarlyUnsubscribe

export interface ArrivedWork {
  readonly work: Work
  readonly message: string
  readonly arrival: Arrival
  /** How often its mail was not there yet. */
  readonly tries: number
}

/** One row per arrival; its key becomes that of the event, so that recording it twice records it once. */
export const arrivalWork = (id: string, message: string, arrival: Arrival, dueAt: Instant): NewWork => ({
  id: `track:${id}`,
  kind: 'track',
  key: id,
  account: '',
  parent: message,
  lane: '',
  rank: dueAt,
  dueAt,
  ref: arrivalRef(arrival, 0),
})

export const arrivalRef = (arrival: Arrival, tries: number): JsonObject => ({ ...arrival, tries })

/** The one place where a stored arrival gets its type: only this file writes them. */
export const arrivedWork = (work: Work): ArrivedWork => {
  const { tries, ...arrival } = work.ref
  return { work, message: work.parent, arrival: arrival as unknown as Arrival, tries: Number(tries) }
}
