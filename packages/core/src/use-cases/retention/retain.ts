import { cutoffsAt } from '../../domain/delivery/index.js'
import type { PurgedRows } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import { applyBundle, bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find, insertRecord, type Stored, updateRecord } from '../stored.js'
import { dropOldest } from './drop-oldest.js'
import { emptyRequests, REQUESTS_AT_ONCE } from './empty-requests.js'

const DAY = 86_400_000
const ID = 'retention'
/** Each is a drop of its own. */
const AUDIT_AT_ONCE = 100
export const RETENTION_CHORE = 'retention'

/** How many of each kind went. */
export interface Removed {
  readonly events: number
  /** Requests whose bodies, values and attachments were taken out. */
  readonly contents: number
  readonly messages: number
  readonly requests: number
  /** Cells of the statistics, and of the real-time series. */
  readonly statistics: number
  readonly live: number
  /** Records of the audit. */
  readonly audit: number
}

/** One round over everything that is too old. */
export interface RetentionRun {
  readonly startedAt: Instant
  /** null while it is on its way. */
  readonly finishedAt: Instant | null
  readonly removed: Removed
}

export interface RetentionData {
  readonly run: RetentionRun
  /** The last one that came to its end. */
  readonly last: RetentionRun | null
  /** How far the requests have been looked at. */
  readonly cursor: string | null
}

const nothing: Removed = { events: 0, contents: 0, messages: 0, requests: 0, statistics: 0, live: 0, audit: 0 }

/**
 * One small step of the daily round that removes what is older than it is kept (DLV-4): some rows of each kind, then a note of how far it is. A kill
 * between the two loses a count, never a row: the next step removes what is left. What was counted stays.
 */
export async function retain(ctx: Context): Promise<Instant> {
  const record = await find(ctx, 'retention', '', ID)
  const now = ctx.clock.now()
  const run =
    record?.data.run.finishedAt === null ? record.data.run : { startedAt: now, finishedAt: null, removed: nothing }
  const before = cutoffsAt(ctx.policy.retention, run.startedAt)
  const { stepRows } = ctx.policy.retention
  let more = false
  const purge = async (rows: PurgedRows, until: Instant): Promise<number> => {
    const [outcome] = await applyBundle(ctx, bundle([{ type: 'purge', rows, before: until, limit: stepRows }]))
    const count = outcome?.type === 'counted' ? outcome.count : 0
    more ||= count >= stepRows
    return count
  }
  const contents = await emptyRequests(ctx, before.contents, record?.data.cursor ?? null)
  const events = await purge('events', before.events)
  const messages = before.messages === null ? 0 : await purge('messages', before.messages)
  const requests =
    before.messages === null
      ? { count: 0, more: false }
      : await dropOldest(ctx, 'request', before.messages, REQUESTS_AT_ONCE)
  let statistics = 0
  for (const cube of ['sender', 'recipient', 'day'] as const)
    statistics += await purge(`tallies.${cube}`, before.statistics)
  const live = await purge('tallies.live', before.live)
  const audit = await dropOldest(ctx, 'audit', before.audit, AUDIT_AT_ONCE)
  const removed = added(run.removed, {
    events,
    contents: contents.count,
    messages,
    requests: requests.count,
    statistics,
    live,
    audit: audit.count,
  })
  more ||= requests.more || audit.more || contents.cursor !== null
  await note(ctx, record, { ...run, removed, finishedAt: more ? null : now }, contents.cursor)
  return more ? now : now + DAY
}

const added = (a: Removed, b: Removed): Removed => ({
  events: a.events + b.events,
  contents: a.contents + b.contents,
  messages: a.messages + b.messages,
  requests: a.requests + b.requests,
  statistics: a.statistics + b.statistics,
  live: a.live + b.live,
  audit: a.audit + b.audit,
})

/** Whoever has lost the lease meanwhile notes nothing. */
async function note(
  ctx: Context,
  record: Stored<'retention'> | null,
  run: RetentionRun,
  cursor: string | null,
): Promise<void> {
  const last = run.finishedAt === null ? (record?.data.last ?? null) : run
  const data: RetentionData = { run, last, cursor }
  const change = record
    ? updateRecord(record, { data })
    : insertRecord({ kind: 'retention', account: '', id: ID, createdAt: run.startedAt, data })
  await tryBundle(ctx, bundle([change]))
}

/** The last round that came to its end, or the first one while it is on its way; null: there was none yet. */
export async function lastRetention(ctx: Context): Promise<RetentionRun | null> {
  const record = await find(ctx, 'retention', '', ID)
  return record && (record.data.last ?? record.data.run)
}
