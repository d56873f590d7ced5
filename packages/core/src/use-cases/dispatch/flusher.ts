import type { Bundle, Change, Observation, Outcome, WorkRelease } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { followUps, type Notice } from '../notices.js'

const DAY = 86_400_000

/** A chunk in flight, as the flusher sees it: what to renew, and whom to tell. */
export interface ChunkControl {
  readonly id: string
  readonly token: string
  readonly watch: readonly string[]
  /** How far the chunk may start rows once this flush, which settles so many more of them, is committed. */
  startedThrough(settling: number): number
  advanced(held: boolean, epochs: readonly number[], startedThrough: number, leaseUntil: number): void
}

export interface QuotaReturn {
  readonly scope: string
  readonly day: string
  readonly count: number
  readonly lease: { readonly id: string; readonly token: string }
}

/** One thing to store with the next flush. */
export interface Entry {
  readonly observation: Observation | null
  /** What callbacks are told if the observation wins. */
  readonly notice: Notice | null
  readonly chunk: ChunkControl | null
  /** Allowance that was not used; counts only while the lease is held, because the next holder gives back what it finds unused. */
  readonly quotaReturn: QuotaReturn | null
  readonly finish: { readonly id: string; readonly token: string } | null
  readonly release: WorkRelease | null
  readonly also: readonly Change[]
  /** Called once it is committed. */
  readonly stored: () => void
}

export interface Flusher {
  add(entry: Entry): void
  /** Until the answer is called every flush renews the chunk, whether it settles any of its mails: what others have changed reaches all chunks with one (REL-5). */
  hold(chunk: ChunkControl): () => void
  /** Renews a chunk's lease and window; resolves once it is committed, rejects if the storage refuses for now. */
  renew(chunk: ChunkControl): Promise<void>
  /** Looks again whether a flush is due: call it when nothing more will be added for now. */
  poke(): void
  /** Resolves when everything added so far is committed. */
  drained(): Promise<void>
}

const noChanges: readonly Change[] = []
const nobody = (): void => undefined

/** An entry with just these parts. One is made for each mail: all have one shape. */
export const entry = (parts: Partial<Entry>): Entry => ({
  observation: parts.observation ?? null,
  notice: parts.notice ?? null,
  chunk: parts.chunk ?? null,
  quotaReturn: parts.quotaReturn ?? null,
  finish: parts.finish ?? null,
  release: parts.release ?? null,
  also: parts.also ?? noChanges,
  stored: parts.stored ?? nobody,
})

interface Batch {
  entries: Entry[]
  renewals: Set<ChunkControl>
  done: (() => void)[]
}

const emptyBatch = (): Batch => ({ entries: [], renewals: new Set(), done: [] })

/**
 * Collects results and stores them together: at `flushItems` results, after `flushMs`, or at once when nothing else is on its way
 * (`quiet`). One flush is one bundle in one `apply`; results are facts, so nothing in it can refuse it. A storage that is away keeps the results
 * waiting: they are stored when it is back, whoever holds the lease by then.
 */
export function createFlusher(ctx: Context, quiet: () => boolean): Flusher {
  const threshold = Math.max(1, Math.min(ctx.policy.flushItems, Math.floor(ctx.policy.unsettledMax / 2)))
  const held = new Set<ChunkControl>()
  let batch = emptyBatch()
  let running = false
  let timer: (() => void) | null = null

  const due = () => batch.entries.length >= threshold || batch.done.length > 0 || (batch.entries.length > 0 && quiet())

  const schedule = () => {
    if (running) return
    if (due()) {
      running = true
      queueMicrotask(() => void flush())
    } else if (batch.entries.length > 0 && !timer) {
      timer = ctx.after(ctx.policy.flushMs, () => {
        timer = null
        if (running) return
        running = true
        void flush()
      })
    }
  }

  const flush = async () => {
    timer?.()
    timer = null
    const taken = batch
    batch = emptyBatch()
    const id = ctx.ids.next('event')
    // Repeated as it was until it is stored: its answer may have been lost after the commit, and everything in it is safe to repeat.
    for (let backoffMs = 100; !(await stored(taken, id, backoffMs)); backoffMs = Math.min(5_000, backoffMs * 2)) {
      await new Promise<void>((resolve) => ctx.after(backoffMs, resolve))
    }
    await ctx.breathe()
    for (const one of taken.entries) told(one)
    for (const done of taken.done) done()
    running = false
    schedule()
  }

  /** It is stored whatever a listener makes of it. */
  const told = (one: Entry) => {
    try {
      one.stored()
    } catch (error) {
      ctx.logger.log('error', 'listener-threw', { error })
    }
  }

  const stored = async (taken: Batch, id: string, retryMs: number): Promise<boolean> => {
    try {
      await store(ctx, taken, held, id)
      return true
    } catch (error) {
      ctx.logger.log('error', 'flush-failed', { items: taken.entries.length, retryMs, error })
      return false
    }
  }

  return {
    add(entry) {
      batch.entries.push(entry)
      schedule()
    },
    hold(chunk) {
      held.add(chunk)
      return () => held.delete(chunk)
    },
    renew(chunk) {
      batch.renewals.add(chunk)
      const stored = new Promise<void>((resolve) => batch.done.push(resolve))
      schedule()
      return stored
    },
    poke: schedule,
    async drained() {
      while (running || batch.entries.length > 0) {
        const stored = new Promise<void>((resolve) => batch.done.push(resolve))
        schedule()
        await stored
      }
    },
  }
}

async function store(ctx: Context, batch: Batch, held: ReadonlySet<ChunkControl>, id: string): Promise<void> {
  const { entries } = batch
  const finished = new Set(entries.flatMap(({ finish, release }) => finish?.id ?? release?.id ?? []))
  const chunks = [...new Set([...entries.flatMap(({ chunk }) => chunk ?? []), ...batch.renewals, ...held])].filter(
    ({ id }) => !finished.has(id),
  )
  const leaseUntil = ctx.clock.now() + ctx.policy.leaseMs
  const settling = (chunk: ChunkControl) =>
    entries.reduce((sum, one) => sum + (one.chunk === chunk && one.observation ? 1 : 0), 0)
  const advances = chunks.map((chunk) => ({ chunk, startedThrough: chunk.startedThrough(settling(chunk)) }))
  const changes: Change[] = advances.map(({ chunk, startedThrough }) => ({
    type: 'work.advance',
    id: chunk.id,
    token: chunk.token,
    startedThrough,
    leaseUntil,
    watch: chunk.watch,
  }))
  const finish = entries.flatMap((entry) => entry.finish ?? [])
  const release = entries.flatMap((entry) => entry.release ?? [])
  const settled = entries.filter(({ observation }) => observation !== null)
  const items = settled.flatMap(({ observation }) => observation ?? [])
  if (finish.length > 0) changes.push({ type: 'work.finish', items: finish })
  if (release.length > 0) changes.push({ type: 'work.release', items: release })
  for (const entry of entries) changes.push(...entry.also)
  const notices = settled.map(({ notice }) => notice)
  const follow = await followUps(ctx, id, notices)
  if (items.length > 0) changes.push({ type: 'settle', shard: ctx.shard, items, follow })
  if (changes.length === 0 && items.length === 0) return
  const returns = quotaReturns(ctx, id, entries)
  // Before the rest, which may end the lease that they stand on.
  const results = await ctx.storage.apply([...returns, bundle(changes)])
  const result = results.at(-1)
  if (!result?.applied) throw new Error(`a flush was refused: ${result?.refusal.type}`)
  tell(advances, result.outcomes, leaseUntil)
  if (follow.length > 0) ctx.ring('callback')
  // Rung before it is stored, the pump would look in vain and then wait for its sweep.
  const now = ctx.clock.now()
  if (entries.some(({ also }) => also.some((change) => ringsPump(change, now)))) ctx.ring('pump')
}

const ringsPump = (change: Change, now: Instant): boolean =>
  change.type === 'work.put' && change.items.some(({ kind, dueAt }) => kind === 'pump' && dueAt <= now)

/**
 * Giving back is the one change that must not be repeated, neither by this flush nor by the next holder of the work: two returns of one grant
 * would let the day's limit be passed (TSK-6).
 */
function quotaReturns(ctx: Context, flush: string, entries: readonly Entry[]): readonly Bundle[] {
  const byLease = new Map<string, QuotaReturn>()
  for (const { quotaReturn } of entries) {
    if (!quotaReturn) continue
    const key = `${quotaReturn.lease.id} ${quotaReturn.day}`
    byLease.set(key, { ...quotaReturn, count: quotaReturn.count + (byLease.get(key)?.count ?? 0) })
  }
  const now = ctx.clock.now()
  return [...byLease].map(([key, { scope, day, count, lease }]) =>
    bundle(
      [{ type: 'quota.return', scope, day, count }],
      [
        { type: 'holder', work: lease.id, token: lease.token },
        { type: 'once', account: '', key: `flush:${flush}:${key}`, bodyHash: '', now, until: now + DAY, answer: null },
      ],
    ),
  )
}

function tell(
  advances: readonly { chunk: ChunkControl; startedThrough: number }[],
  outcomes: readonly Outcome[],
  leaseUntil: number,
): void {
  advances.forEach(({ chunk, startedThrough }, index) => {
    const outcome = outcomes[index]
    if (outcome?.type === 'advanced') chunk.advanced(outcome.held, outcome.epochs, startedThrough, leaseUntil)
  })
}
