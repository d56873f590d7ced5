import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import { type Stored, typed, updateRecord } from '../stored.js'

const STEP = 100

/** A task that is over fires nothing more: what still waited for its turn is recorded as skipped, a page at a time. */
export async function endWaiting(
  ctx: Context,
  task: Stored<'task'>,
  now: Instant,
): Promise<{ readonly changes: readonly Change[]; readonly again: Instant | null }> {
  const { items } = await ctx.storage.read.records({
    kind: 'occurrence',
    account: task.account,
    parent: task.id,
    states: ['waiting'],
    order: 'oldest',
    limit: STEP,
  })
  const changes = items.map((record) => {
    const skipped = { through: record.createdAt, count: 1, reason: 'ended' } as const
    return updateRecord(typed<'occurrence'>(record), { state: 'skipped', data: { skipped } })
  })
  return { changes, again: items.length === STEP ? now : null }
}
