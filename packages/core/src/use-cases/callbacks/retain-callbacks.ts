import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import { dropOldest } from '../retention/drop-oldest.js'

export const CALLBACK_RETENTION_CHORE = 'callback-retention'

const DAY = 86_400_000
const HOUR = 3_600_000
/** Records of a step: each may hold hundreds of events. */
const STEP = 50

/** One small step of removing what is kept too long: attempts after a week, parked events after a month (DLV-4). */
export async function retainCallbacks(ctx: Context): Promise<Instant> {
  const { callbackAttemptsDays, parkedCallbacksDays } = ctx.policy.retention
  const now = ctx.clock.now()
  const attempts = await dropOldest(ctx, 'callback-attempts', now - callbackAttemptsDays * DAY, STEP)
  const parked = await dropOldest(ctx, 'parked-callbacks', now - parkedCallbacksDays * DAY, STEP)
  return attempts.more || parked.more ? now : now + HOUR
}
