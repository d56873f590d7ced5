import type { RecipientRow, Work } from '../../ports/rows.js'
import { allowanceOf, type Today, todayOf } from '../allowance.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import { blockSettings } from '../blocklist/block-settings.js'
import { type ChunkRef, chunkRef } from '../chunk-work.js'
import type { Context } from '../context.js'
import { ipsEpoch } from '../dedicated-ips/find-ip.js'
import { isHeldByDns } from '../domains/may-send.js'
import { chunkMessageIds } from '../message-id.js'
import { peopleEpoch } from '../people/person.js'
import { find, type Stored } from '../stored.js'
import { trackingEpoch } from '../tracking/tracking-settings.js'

/** Why the rows of a chunk do not go out now. */
export type Halt =
  | { readonly type: 'cancelled' }
  | { readonly type: 'paused' }
  /** The domain is blocked for the rest of the day (TSK-10). */
  | { readonly type: 'blocked' }
  /** The day's allowance is used up; the next one starts at `until`. */
  | { readonly type: 'no-grant'; readonly until: number }

/** Why no further row of a chunk is started that is under way. */
export type FlightHalt =
  | Halt
  | { readonly type: 'lease-lost' }
  | { readonly type: 'stopping' }
  | { readonly type: 'day-over' }
  | { readonly type: 'lane' | 'route'; readonly until: number }

export interface ChunkRow {
  readonly id: string
  readonly recipient: RecipientRow
  /** The last holder may have sent it and died (REL-2). */
  readonly mayHaveLeft: boolean
}

export interface OpenedChunk {
  readonly ref: ChunkRef
  readonly run: Stored<'run'>
  /** Of `watchOf`, as they were before the chunk was opened. */
  readonly epochs: readonly number[]
  readonly today: Today
  /** Rows that may be sent now. */
  readonly rows: readonly ChunkRow[]
  /** Rows for which today's allowance did not suffice. */
  readonly beyond: number
  readonly halt: Halt | null
  /** Full mailboxes are left alone (BLK-4). */
  readonly blockFull: boolean
}

/** What a chunk must hear of: its task, its domain, its account's tracking switches, blocklist, dedicated IPs and erased people. */
export const watchOf = ({ account, data }: Stored<'run'>): readonly string[] => [
  `task:${data.task}`,
  `domain:${data.domain}`,
  trackingEpoch(account),
  `blocks:${account}`,
  ipsEpoch(account),
  peopleEpoch(account),
]

/** How a task stands for mail that has not been started; null: it may go. Asked when a chunk opens and whenever an epoch it watches has moved. */
export async function haltOf(ctx: Context, run: Stored<'run'>, today: Today): Promise<Halt | null> {
  const [task, quota] = await Promise.all([
    find(ctx, 'task', run.account, run.data.task),
    ctx.storage.read.quota({ scope: run.data.domain, day: today.day }),
  ])
  if (!task || task.state === 'cancelled') return { type: 'cancelled' }
  if (task.state === 'paused' && (task.data.pause?.reason === 'operator' || ctx.policy.resume === 'manual'))
    return { type: 'paused' }
  if (quota?.blocked) return { type: 'blocked' }
  return (await isHeldByDns(ctx, run.account, run.data.domain)) ? { type: 'paused' } : null
}

/** Reads what a claimed chunk needs in one question each; null: nothing is left of it. */
export async function openChunk(ctx: Context, work: Work): Promise<OpenedChunk | null> {
  const ref = chunkRef(work)
  const run = await find(ctx, 'run', ref.account, ref.run)
  if (!run) return null
  const today = todayOf(ctx, ctx.clock.now())
  // Before the questions they watch over: what is bumped from here on shows at the first advance (REL-5).
  const epochs = await ctx.storage.read.epochs(watchOf(run))
  const [halt, { fullMailboxes: blockFull }, bySeq] = await Promise.all([
    haltOf(ctx, run, today),
    blockSettings(ctx, run.account),
    recipientsOf(ctx, run, ref),
  ])
  const positions = chunkMessageIds(ref).map((id, offset) => ({ offset, id }))
  const settled = new Set<string>()
  const doubtful = Math.max(work.startedThrough, ref.doubtful)
  // A row that comes back after it was finished, because it was rung meanwhile, still says what it said before.
  if (ref.partial || work.attempt > 1) {
    for (const { id } of await ctx.storage.read.messages(positions.map(({ id }) => id))) settled.add(id)
    // Rows start in their order: where some are left over, hardly any was started behind the last one that is settled.
    const last = ref.partial ? positions.findLastIndex(({ id }) => settled.has(id)) : positions.length
    const unclear = positions.slice(0, last + 1).filter(({ id }) => !settled.has(id))
    for (const id of await stragglersOf(ctx, unclear)) settled.add(id)
  }
  const open = positions.filter(({ id }) => !settled.has(id))
  if (open.length === 0) return null
  const granted = halt ? { ref, count: open.length, halt } : await grantFor(ctx, work, run, ref, open.length, today)
  const rows = open.flatMap(({ offset, id }) => {
    const recipient = bySeq.get(ref.from + offset)
    return recipient ? [{ id, recipient, mayHaveLeft: offset < doubtful }] : []
  })
  return {
    ref: { ...granted.ref, doubtful },
    run,
    epochs,
    today,
    rows: rows.slice(0, granted.count),
    beyond: open.length - granted.count,
    halt: granted.halt,
    blockFull,
  }
}

async function recipientsOf(
  ctx: Context,
  { data: { group, generation } }: Stored<'run'>,
  { lane, from, to }: ChunkRef,
): Promise<ReadonlyMap<number, RecipientRow>> {
  const recipients = await ctx.storage.read.recipients({ group, generation, lane, from, to })
  return new Map(recipients.map((recipient) => [recipient.seq, recipient]))
}

/** The same chunk with its rows as they stand now: somebody may have been erased since (GRP-8). */
export async function reopened(ctx: Context, opened: OpenedChunk): Promise<OpenedChunk> {
  const bySeq = await recipientsOf(ctx, opened.run, opened.ref)
  const rows = opened.rows.map((row) => ({ ...row, recipient: bySeq.get(row.recipient.seq) ?? row.recipient }))
  return { ...opened, rows }
}

/** Those of the mails that are on their way as work of their own, or were until just now: a chunk that comes back leaves them alone (REL-2). */
async function stragglersOf(ctx: Context, rows: readonly { readonly id: string }[]): Promise<readonly string[]> {
  if (rows.length === 0) return []
  const messages = rows.map(({ id }) => id)
  const works = await Promise.all(messages.map((id) => ctx.storage.read.works({ kind: 'straggler', parent: id })))
  const under = messages.filter((_, index) => (works[index]?.length ?? 0) > 0)
  // Settled between the two looks, it has neither work nor, in the first look, a row.
  const late = await ctx.storage.read.messages(messages.filter((id) => !under.includes(id)))
  return [...under, ...late.map(({ id }) => id)]
}

/** Work claimed on another day than that of its grant is granted anew before it sends: in whole, or as far as today's allowance goes (TSK-6). */
async function grantFor(
  ctx: Context,
  work: Work,
  run: Stored<'run'>,
  ref: ChunkRef,
  wanted: number,
  today: Today,
): Promise<{ ref: ChunkRef; count: number; halt: Halt | null }> {
  if (ref.quotaDay === today.day) return { ref, count: wanted, halt: null }
  for (;;) {
    const { available, ceiling } = await allowanceOf(ctx, ref.account, run.data.domain, today)
    const count = Math.min(wanted, available)
    if (count === 0) return { ref, count: 0, halt: { type: 'no-grant', until: today.end } }
    const take = { type: 'quota.take', scope: run.data.domain, day: today.day, count, ceiling } as const
    const result = await tryBundle(ctx, bundle([take], [{ type: 'holder', work: work.id, token: work.token ?? '' }]))
    // Rows whose grant was given back were cached meanwhile, and live from their new grant on. Others were on their way all the time.
    const grantedAt = ref.quotaDay === '' && work.startedThrough === 0 ? ctx.clock.now() : ref.grantedAt
    if (result.applied) return { ref: { ...ref, quotaDay: today.day, grantedAt }, count, halt: null }
    if (result.refusal.type !== 'quota') return { ref, count: 0, halt: { type: 'no-grant', until: today.end } }
  }
}
