import { createHash } from 'node:crypto'
import { classifyReply, cutReplyText } from '../../domain/bounce/index.js'
import { isComplaint, type News } from '../../domain/delivery/index.js'
import { USER_AGENT_MAX } from '../../domain/tracking/index.js'
import type { EventSource, ProviderEvent, ProviderHappening, RawRequest } from '../../ports/event-source.js'
import type { NewWork } from '../../ports/rows.js'
import type { Reply } from '../../ports/transport.js'
import type { Context } from '../context.js'
import { type Arrival, arrivalWork } from './arrivals.js'
import type { IngestAnswer, IngestedEvent } from './ingest-answer.js'
import { storeArrivals } from './store-arrivals.js'

/** Of a key as it is stored; longer ones are hashed. */
const KEY_MAX = 200
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * What a provider posted: verified, read, stored for judgement (DLV-5, T32). Its events may come again, and in any order: their keys say that they are known.
 * @throws EVENT_SIGNATURE_INVALID, EVENT_INVALID; the storage's error, and the provider comes again
 */
export async function ingestProvider(ctx: Context, source: EventSource, request: RawRequest): Promise<IngestAnswer> {
  await source.verify(request, ctx.clock.now())
  const events = source.parse(request)
  const read = events.map((event) => ({ event, arrival: arrivalOf(ctx, source.name, event) }))
  const works: NewWork[] = []
  for (const { event, arrival } of read) {
    if (!arrival) logUnkept(ctx, source.name, event)
    else works.push(arrivalWork(keyOf(source.name, event.key), messageOf(event) ?? '', arrival, ctx.clock.now()))
  }
  const fresh = [...(await storeArrivals(ctx, works))]
  const outcomeOf = ({ happened }: ProviderEvent, arrival: Arrival | null) => {
    if (happened.type === 'unreadable') return 'unreadable'
    return arrival === null ? 'ignored' : fresh.shift() ? 'stored' : 'known'
  }
  return { kind: 'events', events: read.map(({ event, arrival }) => shown(event, outcomeOf(event, arrival))) }
}

/** What is not kept is not lost in silence. */
function logUnkept(ctx: Context, source: string, { key, happened }: ProviderEvent): void {
  if (happened.type === 'unreadable')
    ctx.logger.log('warn', 'provider-event-unreadable', {
      source,
      key: key.slice(0, KEY_MAX),
      expected: happened.expected,
    })
  else ctx.logger.log('info', 'provider-event-ignored', { source, event: nameOf(happened) })
}

const keyOf = (source: string, key: string): string =>
  key.length <= KEY_MAX && /^[ -~]+$/.test(key)
    ? `${source}:${key}`
    : `${source}:${createHash('sha256').update(key).digest('base64url')}`

/** Of other form it is no id of ours, and would be an error in a storage that keeps them as numbers. */
function messageOf({ message }: ProviderEvent): string | null {
  const id = message?.trim().toLowerCase() ?? ''
  return UUID.test(id) ? id : null
}

/** null: nothing that is kept. What happened in the future happened now. */
function arrivalOf(ctx: Context, source: string, { at: given, recipient, happened }: ProviderEvent): Arrival | null {
  const now = ctx.clock.now()
  const at = Number.isFinite(given) ? Math.max(0, Math.min(Math.floor(given), now)) : now
  const named = recipient?.slice(0, 320) ?? null
  if (happened.type === 'opened' || happened.type === 'clicked') {
    const link = happened.type === 'clicked' ? printable(happened.link, 2_000) : ''
    const kind = happened.type === 'opened' ? 'open' : 'click'
    const userAgent = printable(happened.userAgent, USER_AGENT_MAX)
    return { kind, at, userAgent, method: 'GET', purpose: '', link, number: null, source, recipient: named }
  }
  const news = newsOf(happened)
  return (
    news && {
      kind: 'news',
      at,
      source,
      exact: true,
      of: [{ recipient: named, original: null, news }],
    }
  )
}

function newsOf(happened: ProviderHappening): News | null {
  switch (happened.type) {
    case 'delivered':
    case 'deferred':
    case 'bounced':
      return { ...happened, reply: clean(happened.reply) }
    case 'dropped':
      return { type: 'dropped', reason: cutReplyText(happened.reason) }
    case 'complained':
      return isComplaint(happened.feedbackType)
        ? { type: 'complained', feedbackType: happened.feedbackType?.slice(0, 40) ?? null }
        : null
    case 'unsubscribed':
      return happened
    default:
      return null
  }
}

const clean = (reply: Reply | null): Reply | null => reply && { ...reply, text: cutReplyText(reply.text) }
const printable = (text: string, longest: number): string => text.slice(0, longest).replace(/[^ -~\u00a1-\u00ff]/g, '')
const nameOf = (happened: ProviderHappening): string =>
  (happened.type === 'other' ? happened.name : happened.type).slice(0, 100)

function shown(event: ProviderEvent, outcome: IngestedEvent['outcome']): IngestedEvent {
  const { happened, recipient } = event
  const reply = 'reply' in happened ? happened.reply : null
  const bounce = reply && happened.type !== 'delivered' ? classifyReply(reply) : null
  return {
    message: messageOf(event),
    recipient,
    type: happened.type,
    reply,
    reason: bounce?.kind ?? null,
    hardness: happened.type === 'bounced' ? (bounce?.hardness ?? null) : null,
    outcome,
  }
}
