import { Fact, stateOf } from '../../domain/delivery/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { EventRow, JsonObject, MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'

/** One thing in a mail's life: an attempt with the raw reply, an end with its reason, or what the recipient did. */
export interface TimelineEntry {
  readonly at: Instant
  readonly kind: string
  readonly detail: JsonObject
}

/** The whole life of one mail, oldest first (DLV-2). @throws NOT_FOUND, also for another account's (ACC-2). */
export async function timelineOf(ctx: Context, account: string, id: string): Promise<readonly TimelineEntry[]> {
  const [message] = await ctx.storage.read.messages([id])
  if (message?.account !== account) throw new MailError('NOT_FOUND', { kind: 'message' })
  const events = await ctx.storage.read.events(id)
  const told = events.map(({ at, kind, detail }) => ({ at, kind, detail }))
  const accepted = { at: message.acceptedAt, kind: 'accepted', detail: {} }
  return [accepted, ...[...lastOutcome(message, events), ...told].sort((a, b) => a.at - b.at)]
}

/**
 * What stands in the message alone, to save a write for each mail: a first attempt that was taken, and an end that we decided. Every other attempt is an
 * event.
 */
function lastOutcome(message: MessageRow, events: readonly EventRow[]): readonly TimelineEntry[] {
  const { facts, attempt, lastAt, lastReply } = message
  const state = stateOf(facts)
  const ended = state === 'dropped' || state === 'failed' || state === 'cancelled' || state === 'expired'
  // What came back by itself says nothing of the attempt before it.
  if (events.some(({ kind, detail }) => kind === state && (ended || detail.source === undefined))) return []
  if (ended) return [{ at: lastAt, kind: state, detail: { reason: lastReply } }]
  if (attempt === 0 || events.some(({ detail }) => detail.attempt === attempt)) return []
  const kind = (facts & Fact.delivered) !== 0 ? 'delivered' : state
  return [{ at: lastAt, kind, detail: { attempt, reply: lastReply } }]
}
