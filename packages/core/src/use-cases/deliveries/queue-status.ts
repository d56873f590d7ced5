import { z } from 'zod'
import { minuteBucket, noCounts } from '../../domain/statistics/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Counts } from '../../ports/counters.js'
import type { Context } from '../context.js'
import { type QueuedCell, queuedMail } from './queued-mail.js'

const MINUTE = 60_000
/** Recipient domains that are named; the rest is one figure. */
const NAMED = 100

const names = z.array(z.string().max(320)).min(1).max(1_000)

export const queueStatusSchema = z.strictObject({
  /** Sender domains by name. */
  domains: names.optional(),
  recipientDomains: names.optional(),
  /** How far the series goes back, this minute included; as far as `policy.retention.liveHours` keeps it. */
  minutes: z.int().min(1).max(2_880).default(60),
})
export type QueueStatusInput = Readonly<z.input<typeof queueStatusSchema>>

/** What happened in one minute, whenever the mail was sent. */
export interface QueuePoint {
  /** When the minute begins. */
  readonly at: Instant
  /** Handed over for the first time. */
  readonly sent: number
  readonly delivered: number
  /** Put off by the receiver for the first time. */
  readonly deferred: number
  readonly bounced: number
  /** Turned down by us: by a gate, or given up as failed or expired. */
  readonly rejected: number
}

export interface QueueStatus {
  /** One point a minute, oldest first, none left out. */
  readonly series: readonly QueuePoint[]
  readonly queued: {
    readonly total: number
    readonly byDomain: readonly { readonly domain: string; readonly count: number }[]
    /** The 100 with the most; `others` is all the rest. */
    readonly byRecipientDomain: readonly { readonly recipientDomain: string; readonly count: number }[]
    readonly others: number
  }
}

/** The real-time queue (DLV-1): what is stored by now. An attempt is stored within `policy.flushMs` of its answer. */
export async function queueStatus(
  ctx: Context,
  account: string,
  asked: z.output<typeof queueStatusSchema>,
): Promise<QueueStatus> {
  const [series, cells] = await Promise.all([seriesOf(ctx, account, asked), sharedQueue(ctx, account)])
  const { domains, recipientDomains } = asked
  const wanted = cells.filter(
    (cell) => (domains?.includes(cell.domain) ?? true) && (recipientDomains?.includes(cell.recipientDomain) ?? true),
  )
  const total = wanted.reduce((sum, { count }) => sum + count, 0)
  const byRecipientDomain = ranked(wanted, ({ recipientDomain }) => recipientDomain).slice(0, NAMED)
  const named = byRecipientDomain.reduce((sum, { count }) => sum + count, 0)
  return {
    series,
    queued: {
      total,
      byDomain: ranked(wanted, ({ domain }) => domain).map(({ name, count }) => ({ domain: name, count })),
      byRecipientDomain: byRecipientDomain.map(({ name, count }) => ({ recipientDomain: name, count })),
      others: total - named,
    },
  }
}

async function seriesOf(
  ctx: Context,
  account: string,
  { domains, recipientDomains, minutes }: z.output<typeof queueStatusSchema>,
): Promise<readonly QueuePoint[]> {
  const last = minuteBucket(ctx.clock.now())
  const first = last - (minutes - 1) * MINUTE
  const tallies = await ctx.storage.read.tallies({
    cube: 'live',
    account,
    from: first,
    to: last + MINUTE,
    by: ['bucket'],
    ...(domains ? { domains } : {}),
    ...(recipientDomains ? { recipientDomains } : {}),
  })
  const counted = new Map(tallies.map(({ cell, counts }) => [cell.bucket, counts]))
  return Array.from({ length: minutes }, (_, index) => {
    const at = first + index * MINUTE
    return { at, ...pointOf(counted.get(at) ?? noCounts) }
  })
}

const pointOf = (counts: Counts): Omit<QueuePoint, 'at'> => ({
  sent: counts.handedOver,
  delivered: counts.delivered,
  deferred: counts.deferred,
  bounced: counts.bouncedHard + counts.bouncedSoft,
  rejected: counts.refused + counts.dropped + counts.failed + counts.expired,
})

/** Most first. */
function ranked(cells: readonly QueuedCell[], nameOf: (cell: QueuedCell) => string) {
  const sums = new Map<string, number>()
  for (const cell of cells) sums.set(nameOf(cell), (sums.get(nameOf(cell)) ?? 0) + cell.count)
  return [...sums]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

/** Whoever asks while the same account's queue is being read shares the answer. */
const underWay = new WeakMap<Context, Map<string, Promise<readonly QueuedCell[]>>>()

function sharedQueue(ctx: Context, account: string): Promise<readonly QueuedCell[]> {
  const reading = underWay.get(ctx) ?? new Map<string, Promise<readonly QueuedCell[]>>()
  underWay.set(ctx, reading)
  const known = reading.get(account)
  if (known) return known
  const read = queuedMail(ctx, account).finally(() => reading.delete(account))
  reading.set(account, read)
  return read
}
