import { type Block, indexBlocks, lookupKeys } from '../domain/suppression/index.js'
import type { Context } from './context.js'

/** One question for all recipients of a chunk or a send (BLK-5); the answer takes an address key. */
export async function blocksFor(
  ctx: Context,
  mail: { readonly account: string; readonly senderDomain: string; readonly trigger: boolean },
  keys: readonly string[],
): Promise<(key: string) => Block | null> {
  const entries = await ctx.storage.read.blocks([...new Set(keys.flatMap((key) => lookupKeys(key)))])
  const { invalidScope, rejectAppliesTo } = ctx.policy
  return indexBlocks(entries, { ...mail, now: ctx.clock.now(), invalidScope, rejectAppliesTo })
}
