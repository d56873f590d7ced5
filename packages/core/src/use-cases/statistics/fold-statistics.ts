import type { Instant } from '../../ports/clock.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

const HOUR = 3_600_000
export const FOLD_CHORE = 'fold'

/** One small step that brings old counts into the form that is read fastest; no answer changes by it, so a kill anywhere loses nothing. */
export async function foldStatistics(ctx: Context): Promise<Instant> {
  const now = ctx.clock.now()
  const { afterHours, everyHours, stepRows } = ctx.policy.fold
  const [outcome] = await applyBundle(ctx, bundle([{ type: 'fold', before: now - afterHours * HOUR, limit: stepRows }]))
  const count = outcome?.type === 'counted' ? outcome.count : 0
  return count < stepRows ? now + everyHours * HOUR : now
}
