import type { Change } from '../../ports/changes.js'
import type { Work } from '../../ports/rows.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { isPassing } from '../quarantine/quarantine.js'
import { chores, standingChores } from './chores.js'
import { upkeepWork } from './upkeep-work.js'

/** A chore that failed is tried again after this. */
const AGAIN_MS = 15 * 60_000

/** Does one chore and puts it back for its next time. One that this version does not know is left for a version that does. */
export async function runUpkeep(ctx: Context, work: Work): Promise<void> {
  const lease = { id: work.id, token: work.token ?? '' }
  const dueAt = await next(ctx, work)
  const end: Change =
    dueAt === null
      ? { type: 'work.finish', items: [lease] }
      : { type: 'work.release', items: [{ ...lease, dueAt, ref: work.ref }] }
  await tryBundle(ctx, bundle([end]))
}

async function next(ctx: Context, work: Work): Promise<number | null> {
  const chore = chores[String(work.ref.chore)]
  if (!chore) return ctx.clock.now() + AGAIN_MS
  try {
    return await chore(ctx, work)
  } catch (error) {
    if (isPassing(error)) throw error
    ctx.logger.log('error', 'chore-failed', { chore: work.ref.chore, error })
    return ctx.clock.now() + AGAIN_MS
  }
}

/** Puts the work of the standing chores unless it is there. */
export async function putStandingChores(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const items = standingChores.map((name) => upkeepWork({ name, of: '', account: '', dueAt: now }))
  if (items.length > 0) await tryBundle(ctx, bundle([{ type: 'work.put', items }]))
}
