import type { z } from 'zod'
import { invalidView, isActive, whitelistEntry } from '../../domain/suppression/index.js'
import type { Context } from '../context.js'
import { addressKeys } from './block-keys.js'
import { dropBlocks, putBlocks } from './block-writes.js'
import type { whitelistSchema } from './blocklist-input.js'

/** What became of one address of a batch remove. */
export interface RemovedInvalid {
  readonly address: string
  /** The account had a row of its own, which is gone. */
  readonly removed: boolean
  /** Another account's bounce keeps the address on the list: whitelist it (BLK-2). */
  readonly stillListed: boolean
}

/** The account writes to the addresses although they are on the invalid list, until it takes them off again (BLK-2). */
export async function whitelist(ctx: Context, account: string, input: z.output<typeof whitelistSchema>): Promise<void> {
  const keys = addressKeys(input.addresses)
  if (!input.on) return dropBlocks(ctx, account, 'whitelist', keys)
  const now = ctx.clock.now()
  const reason = input.reason ?? ''
  await putBlocks(
    ctx,
    account,
    [...new Set(keys)].map((key) => whitelistEntry({ account, key, reason, now })),
  )
}

/** Removes the account's own rows; those of others stay, and the answer says where one lives (BLK-2). */
export async function removeInvalid(
  ctx: Context,
  account: string,
  addresses: readonly string[],
): Promise<readonly RemovedInvalid[]> {
  const keys = addressKeys(addresses)
  const now = ctx.clock.now()
  const before = await ctx.storage.read.blocks([...new Set(keys)])
  await dropBlocks(ctx, account, 'invalid', [...new Set(keys)])
  const others = before.filter((row) => row.account !== account)
  return addresses.map((address, index) => {
    const key = keys[index]
    const removed = before.some(
      (row) => row.key === key && row.kind === 'invalid' && row.account === account && isActive(row, now),
    )
    const left = others.filter((row) => row.key === key)
    return { address, removed, stillListed: invalidView(left, account, now, ctx.policy.invalidScope) !== null }
  })
}
