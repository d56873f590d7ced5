import type { Instant } from '../../ports/clock.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import type { RecordKind } from '../stored.js'

export interface Dropped {
  readonly count: number
  readonly more: boolean
}

/** Removes some of the oldest records of a kind, of all accounts. One that somebody changes just now is left for the next time. */
export async function dropOldest(ctx: Context, kind: RecordKind, before: Instant, limit: number): Promise<Dropped> {
  const { items } = await ctx.storage.read.records({ kind, to: before, order: 'oldest', limit })
  if (items.length === 0) return { count: 0, more: false }
  const results = await ctx.storage.apply(
    items.map(({ account, id, version }) => bundle([{ type: 'record.drop', kind, account, id, expect: version }])),
  )
  const count = results.filter(({ applied }) => applied).length
  return { count, more: items.length === limit && count > 0 }
}
