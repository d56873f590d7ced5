import { createHash } from 'node:crypto'
import { classifyReply } from '../../domain/bounce/index.js'
import { isComplaint } from '../../domain/delivery/index.js'
import { type Notice, type NoticeMail, type RecipientReport, readNotice } from '../../domain/notice/index.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { type ArrivedNews, arrivalWork, type NewsOfRecipient } from './arrivals.js'
import type { IngestAnswer, IngestedEvent } from './ingest-answer.js'
import { bytesOf, type IngestOptions, type RawMail } from './ingest-input.js'
import { provenMessage } from './prove-notice.js'
import { HOPS_MAX, readMime } from './read-mime.js'
import { storeArrivals } from './store-arrivals.js'
import { countUncorrelated } from './uncorrelated.js'

/** Recipients of one report that are kept: our mails have one each, and an expanded list may name thousands. */
const MOST_REPORTS = 10

/** Which notices are acted on; the others are told of and left alone. */
export type Wanted = 'report' | 'complaint' | 'any'

/**
 * A mail that came to a return path or a complaints address (DLV-5): read, proven, stored for judgement. Never answered, whatever it is (RFC 3834 §2). Mail that
 * nothing proves to be about ours is counted and logged, and changes nothing (T14, T15). @throws the storage's error, with nothing changed
 */
export async function ingestMail(
  ctx: Context,
  raw: RawMail,
  { to = [] }: IngestOptions,
  wanted: Wanted,
): Promise<IngestAnswer> {
  const bytes = await bytesOf(raw)
  const mail = bytes === null ? 'too-large' : await readMime(bytes)
  if (typeof mail === 'string') return left(ctx, 'unreadable', mail)
  if (hopsOf(mail) >= HOPS_MAX) return left(ctx, 'loop', 'hops')
  const notice = readNotice(mail)
  if (notice.kind !== 'report' && notice.kind !== 'complaint') return left(ctx, notice.kind, notice.kind)
  const events = notice.kind === 'report' ? notice.reports.slice(0, MOST_REPORTS).map(reported) : [complained(notice)]
  const message = provenMessage(ctx, mail, notice, typeof to === 'string' ? [to] : to)
  const news = newsOf(events)
  const acted = (wanted === 'any' || wanted === notice.kind) && news.length > 0
  if (acted && message === null) await unproven(ctx, notice.kind)
  if (!acted || message === null) {
    const outcome = acted ? 'unproven' : 'ignored'
    return { kind: notice.kind, events: events.map((event) => shown({ ...event, message, outcome })) }
  }
  const arrival: ArrivedNews = {
    kind: 'news',
    at: ctx.clock.now(),
    source: notice.kind === 'report' ? 'dsn' : 'arf',
    exact: false,
    of: news,
  }
  const [fresh] = await storeArrivals(ctx, [arrivalWork(keyOf(message, arrival), message, arrival, arrival.at)])
  const outcome = fresh ? 'stored' : 'known'
  const kept = (event: Said) => (event.happened === null ? 'ignored' : outcome)
  return { kind: notice.kind, events: events.map((event) => shown({ ...event, message, outcome: kept(event) })) }
}

type Said = Omit<IngestedEvent, 'message' | 'outcome'> & {
  readonly original: string | null
  /** null: nothing that is kept. */
  readonly happened: NewsOfRecipient['news'] | null
}

const shown = ({ original: _, happened: __, ...event }: Said & IngestedEvent): IngestedEvent => event

function reported({ action, recipient, original, reply }: RecipientReport): Said {
  const { kind: reason, hardness } = classifyReply(reply)
  const about = { recipient, original, reply }
  switch (action) {
    case 'failed':
      return { ...about, type: 'bounced', reason, hardness, happened: { type: 'bounced', reply, permanent: null } }
    case 'delayed':
      return { ...about, type: 'deferred', reason, hardness: null, happened: { type: 'deferred', reply } }
    case 'delivered':
      return { ...about, type: 'delivered', reason: null, hardness: null, happened: { type: 'delivered', reply } }
    // Handed on to where no further report comes from (RFC 3464 §2.3.3).
    default:
      return { ...about, type: 'other', reason: null, hardness: null, happened: null }
  }
}

const complained = ({ recipient, feedbackType }: Extract<Notice, { kind: 'complaint' }>): Said => ({
  recipient,
  original: null,
  type: 'complained',
  reply: null,
  reason: null,
  hardness: null,
  happened: isComplaint(feedbackType) ? { type: 'complained', feedbackType: feedbackType.slice(0, 40) } : null,
})

const newsOf = (events: readonly Said[]): readonly NewsOfRecipient[] =>
  events.flatMap(({ recipient, original, happened }) =>
    happened === null ? [] : [{ recipient, original, news: happened }],
  )

/** A mail is complained about once. A report is the same whatever way it took: its hops are not part of the key. */
function keyOf(message: string, { source, of }: ArrivedNews): string {
  if (source === 'arf') return `arf:${message}`
  return `dsn:${message}:${createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22)}`
}

const hopsOf = ({ headers }: NoticeMail): number => headers.filter(([name]) => name === 'received').length

function left(ctx: Context, kind: IngestAnswer['kind'], why: string): IngestAnswer {
  ctx.logger.log('info', 'notice-left-alone', { kind, why })
  return { kind, events: [] }
}

/** Whoever sends forgeries learns nothing, and stops nothing: the count is lost if the storage is away. */
async function unproven(ctx: Context, kind: string): Promise<void> {
  ctx.logger.log('warn', 'notice-unproven', { kind })
  await applyBundle(ctx, bundle([countUncorrelated(ctx)])).catch((error: unknown) =>
    ctx.logger.log('warn', 'notice-not-counted', { error }),
  )
}
