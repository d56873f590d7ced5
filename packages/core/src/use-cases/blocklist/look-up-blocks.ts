import { type BlockEntry, invalidView, isActive, lookupKeys } from '../../domain/suppression/index.js'
import type { Context } from '../context.js'
import { addressKeys } from './block-keys.js'
import { type BlockLookup, customView } from './block-views.js'

/** One question for all of them (BLK-2). Rows of other accounts show only as "another", and only those of the invalid list. */
export async function lookUpBlocks(
  ctx: Context,
  account: string,
  addresses: readonly string[],
): Promise<readonly BlockLookup[]> {
  const keys = addressKeys(addresses)
  const rows = await ctx.storage.read.blocks([...new Set(keys.flatMap((key) => lookupKeys(key)))])
  return addresses.map((address, index) => {
    const own = new Set(lookupKeys(keys[index] ?? ''))
    return lookupOf(
      ctx,
      account,
      address,
      rows.filter((row) => own.has(row.key)),
    )
  })
}

function lookupOf(ctx: Context, account: string, address: string, rows: readonly BlockEntry[]): BlockLookup {
  const now = ctx.clock.now()
  const own = rows.filter((row) => row.account === account)
  return {
    address,
    invalid: invalidView(rows, account, now, ctx.policy.invalidScope),
    whitelisted: own.some((row) => row.kind === 'whitelist' && isActive(row, now)),
    custom: own.filter(({ kind }) => kind === 'custom').map((row) => customView(row, now)),
    rejects: own
      .filter((row) => row.kind === 'reject' && isActive(row, now))
      .map(({ scope: senderDomain, reason, startsAt: at }) => ({ senderDomain, reason, at })),
  }
}
