import type { News } from '../../domain/delivery/index.js'
import type { Visit } from '../../domain/tracking/index.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject, NewWork, Work } from '../../ports/rows.js'

/** An unsubscribe that came before its mail was stored. It blocks already, and waits to be recorded. */
export interface EarlyUnsubscribe {
  readonly kind: 'unsubscribe'
  readonly at: Instant
  readonly via: string
}

/** What a report says of one recipient; null: it does not say of which. */
export interface NewsOfRecipient {
  readonly recipient: string | null
  /** Before any forward, where the report says so. */
  readonly original: string | null
  readonly news: News
}

/** A DSN, a complaint or a provider's event, proven to be about its message. */
export interface ArrivedNews {
  readonly kind: 'news'
  readonly at: Instant
  /** `dsn`, `arf`, or the name of a provider. */
  readonly source: string
  /** The recipient must be the message's: a provider says whom it wrote to, a server may report from behind a forward. */
  readonly exact: boolean
  readonly of: readonly NewsOfRecipient[]
}

/** What came back about a mail and waits to be judged and recorded. */
export type Arrival =
  | (Visit & {
      readonly number: number | null
      /** The provider that tells of it, and whom it names; a visit of our own pages has neither. */
      readonly source?: string
      readonly recipient?: string | null
    })
  | EarlyUnsubscribe
  | ArrivedNews

export interface ArrivedWork {
  readonly work: Work
  /** '': nobody can tell. */
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

export const arrivalRef = (arrival: Arrival, tries: number): JsonObject => ({
  ...(arrival as unknown as JsonObject),
  tries,
})

/** The one place where a stored arrival gets its type: only this file writes them. */
export const arrivedWork = (work: Work): ArrivedWork => {
  const { tries, ...arrival } = work.ref
  return { work, message: work.parent, arrival: arrival as unknown as Arrival, tries: Number(tries) }
}
