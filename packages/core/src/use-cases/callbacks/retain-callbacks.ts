import type { Instant } from '../../ports/clock.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

export const CALLBACK_RETENTION_CHORE = 'callback-retention'

const DAY = 86_400_000
const HOUR = 3_600_000
/** Records of a step: each may hold hundreds of events. */
const STEP = 50

/** One small step of removing what is kept too long: attempts after a week, parked events after a month (DLV-4). */
export async function retainCallbacks(ctx: Context): Promise<Instant> {
  const { callbackAttemptsDays, parkedCallbacksDays } = ctx.policy.retention
  const now = ctx.clock.now()
  const attempts = await dropOldest(ctx, 'callback-attempts', now - callbackAttemptsDays * DAY)
  const parked = await dropOldest(ctx, 'parked-callbacks', now - parkedCallbacksDays * DAY)
  return attempts || parked ? now : now + HOUR
}

/** Answers whether there is more. One that is replayed just now is looked at again the next time. */
async function dropOldest(ctx: Context, kind: string, before: Instant): Promise<boolean> {
  const page = await ctx.storage.read.records({ kind, order: 'oldest', limit: STEP })
  const old = page.items.filter(({ createdAt }) => createdAt < before)
  if (old.length === 0) return false
  const results = await ctx.storage.apply(
    old.map(({ account, id, version }) => bundle([{ type: 'record.drop', kind, account, id, expect: version }])),
  )
  return old.length === STEP && results.some(({ applied }) => applied)
}
