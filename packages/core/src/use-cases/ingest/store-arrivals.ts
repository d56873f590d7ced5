import type { NewWork } from '../../ports/rows.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

/** Rows of one apply. */
const MOST = 250

/**
 * Resolves when they are stored: what is answered with "taken" is not lost (REL-4). Says for each whether it was new; one whose like waits already is not.
 * @throws the storage's error, with what was stored before it still there: the sender comes again, and keys tell what is known.
 */
export async function storeArrivals(ctx: Context, works: readonly NewWork[]): Promise<readonly boolean[]> {
  const fresh: boolean[] = []
  for (let at = 0; at < works.length; at += MOST) {
    const items = works.slice(at, at + MOST)
    const [outcome] = await applyBundle(ctx, bundle([{ type: 'work.put', items }]))
    const lost = new Set(outcome?.type === 'bulk' ? outcome.lost : [])
    fresh.push(...items.map((_, index) => !lost.has(index)))
  }
  if (works.length > 0) ctx.ring('track')
  return fresh
}
