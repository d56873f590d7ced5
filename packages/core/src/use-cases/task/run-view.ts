import type { Instant } from '../../ports/clock.js'
import type { JsonObject } from '../../ports/rows.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'
import { find, get, type SkipReason, type Stored, typed } from '../stored.js'

/** What became of one occurrence of a task: the one firing of an immediate or scheduled task, or one of many (TSK-3, TSK-5). */
export interface RunView {
  /** The run; null for what has not fired. */
  readonly id: string | null
  /** The occurrence: when it was due. */
  readonly at: Instant
  /** `open`, `done` and `cancelled` are those of a run; `failed`: it could not start, see `error`. */
  readonly state: 'waiting' | 'skipped' | 'failed' | 'open' | 'done' | 'cancelled'
  readonly rows: number
  readonly templateVersion: string | null
  readonly startedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly error: { readonly code: string; readonly details: JsonObject } | null
  /** Occurrences in a row that did not fire, from `at` on. */
  readonly skipped: { readonly through: Instant; readonly count: number; readonly reason: SkipReason } | null
}

/** Newest occurrence first. @throws NOT_FOUND */
export async function taskRuns(
  ctx: Context,
  account: string,
  id: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<PageOf<RunView>> {
  await get(ctx, 'task', account, id)
  const { items, next } = await ctx.storage.read.records({
    kind: 'occurrence',
    account,
    parent: id,
    order: 'newest',
    limit: page.limit,
    ...(page.cursor ? { cursor: page.cursor } : {}),
  })
  return { items: await Promise.all(items.map((record) => runView(ctx, typed<'occurrence'>(record)))), next }
}

async function runView(ctx: Context, { account, createdAt, state, data }: Stored<'occurrence'>): Promise<RunView> {
  const run = data.run ? await find(ctx, 'run', account, data.run) : null
  return {
    id: data.run,
    at: createdAt,
    state: state === 'fired' ? (run?.state ?? 'done') : state,
    rows: run?.data.rows ?? 0,
    templateVersion: run?.data.templateVersion ?? null,
    startedAt: run?.data.startedAt ?? null,
    finishedAt: run?.data.finishedAt ?? null,
    error: data.error,
    skipped: data.skipped,
  }
}
