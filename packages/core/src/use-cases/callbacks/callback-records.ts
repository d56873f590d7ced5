import type { CallbackEvent, Compat, EventDetail } from '../../domain/callback/index.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject } from '../../ports/rows.js'

/** A secret as stored, sealed under the service secret (T22). */
export interface StoredSecret {
  readonly sealed: string
  /** Signs until then; null: it is the one in use. */
  readonly until: Instant | null
}

/** One endpoint: the account's, or a sender's own. Its record's parent is the sender, its name the sender's address key. */
export interface CallbackData {
  readonly url: string
  /** Key and spelling of the sender's address; null: the account's endpoint. */
  readonly sender: { readonly key: string; readonly address: string } | null
  readonly compat: Compat
  /** Newest first; all that are not over sign. */
  readonly secrets: readonly StoredSecret[]
  /** When it last answered a ping as it should; null: it was saved by force. */
  readonly verifiedAt: Instant | null
  readonly changedAt: Instant
  /** When it said that it is gone (410). */
  readonly goneAt: Instant | null
}

/** An event that waits to be told: so little that 250 of them are a small row. What else a callback tells is read when it is posted. */
export interface CallbackPart {
  /** Of the event, stable. */
  readonly key: string
  readonly event: CallbackEvent
  readonly message: string
  readonly at: Instant
  /** When it was taken up, or replayed: its 72 hours count from here. */
  readonly since: Instant
  /** The sender's address; `@` and its domain if the address is not known any more. */
  readonly from: string
  readonly detail: EventDetail
  /** Attempts made. */
  readonly tries: number
}

/** Why an event was not told: a status, a failure of the client, or nobody to tell. */
export type NotTold = string

/** An event that is no longer tried by itself. `n` names it within its record for good. */
export interface ParkedPart extends CallbackPart {
  readonly n: number
  readonly why: NotTold
}

/** Up to a work row's worth of parked events of one endpoint; the record's parent. */
export interface ParkedCallbacksData {
  readonly url: string | null
  readonly parts: readonly ParkedPart[]
}

/** One POST. */
export interface AttemptEntry {
  readonly webhookId: string
  readonly event: CallbackEvent
  readonly message: string
  readonly at: Instant
  /** Number of the attempt, from 1. */
  readonly attempt: number
  readonly tookMs: number
  /** null: told. */
  readonly why: NotTold | null
}

/** What was posted to one endpoint within some seconds; the record's parent. */
export interface CallbackAttemptsData {
  readonly entries: readonly AttemptEntry[]
}

/** What a work row of kind `callback` says; storage adds `parts` (see FollowUp). */
export const partsIn = (ref: JsonObject): readonly CallbackPart[] =>
  (ref.parts ?? []) as unknown as readonly CallbackPart[]
export const partsJson = (parts: readonly CallbackPart[]): JsonObject => ({ parts: parts as unknown as JsonObject[] })
