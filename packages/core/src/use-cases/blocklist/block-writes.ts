import { AUTOMATIC, IMPORTED } from '../../domain/suppression/index.js'
import type { Guard } from '../../ports/changes.js'
import type { BlockRow } from '../../ports/rows.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

export const blocksEpoch = (account: string): string => `blocks:${account}`

/**
 * Stores rows that may block somebody. Mail of this process that has not been started looks again at once, other processes within one
 * flush window (REL-5).
 */
export async function putBlocks(
  ctx: Context,
  account: string,
  items: readonly BlockRow[],
  guards: readonly Guard[] = [],
): Promise<void> {
  await applyBundle(ctx, bundle([{ type: 'block.put', items }, epochOf(account)], guards))
  ctx.bumped([blocksEpoch(account)])
}

/** Removes the account's own rows. Without a whitelist row mail may be blocked again, so the epoch moves here too. */
export async function dropBlocks(
  ctx: Context,
  account: string,
  kind: BlockRow['kind'],
  keys: readonly string[],
): Promise<void> {
  const scopes = kind === 'custom' ? ['', AUTOMATIC] : kind === 'invalid' ? ['', IMPORTED] : ['']
  const items = keys.flatMap((key) => scopes.map((scope) => ({ kind, account, scope, key })))
  await applyBundle(ctx, bundle([{ type: 'block.drop', items }, epochOf(account)]))
  ctx.bumped([blocksEpoch(account)])
}

/** As `putBlocks`, but what is on the list and ends as late or later stays as it is: repeating it changes nothing. */
export async function addBlocks(ctx: Context, account: string, items: readonly BlockRow[]): Promise<void> {
  await applyBundle(ctx, bundle([{ type: 'block.put', items, unlessLater: true }, epochOf(account)]))
  ctx.bumped([blocksEpoch(account)])
}

export const epochOf = (account: string) => ({ type: 'epoch.bump', keys: [blocksEpoch(account)] }) as const
