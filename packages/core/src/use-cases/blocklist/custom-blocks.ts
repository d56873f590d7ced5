import type { z } from 'zod'
import { customEntry, modifyEntry } from '../../domain/suppression/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { BlockRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { addressKeys, domainKeys, targetKeys } from './block-keys.js'
import { dropBlocks, putBlocks } from './block-writes.js'
import type { addCustomSchema, modifyCustomSchema } from './blocklist-input.js'

export interface AddedCustom {
  readonly added: number
  /** On the list before; the new times and reason have replaced the former ones. */
  readonly replaced: number
}

/** Blocks addresses and whole domains for this account (BLK-4). All or none. @throws ADDRESS_INVALID, DOMAIN_NAME_INVALID, INPUT_INVALID */
export async function addCustom(
  ctx: Context,
  account: string,
  input: z.output<typeof addCustomSchema>,
): Promise<AddedCustom> {
  return creating(ctx, 'blocklist.custom.add', account, input, async (once) => {
    const now = ctx.clock.now()
    const { timeZone } = ctx.policy
    const { addresses = [], domains = [], startsAt, endsAt, reason } = input
    const keys = [...new Set([...addressKeys(addresses), ...domainKeys(domains)])]
    const times = { ...(startsAt === undefined ? {} : { startsAt }), ...(endsAt === undefined ? {} : { endsAt }) }
    const rows = keys.map((target) => customEntry({ account, target, reason, now, timeZone, ...times }))
    const before = new Set((await ownCustom(ctx, account, keys)).flatMap(({ scope, key }) => (scope === '' ? key : [])))
    const answer = { added: keys.length - before.size, replaced: before.size }
    await putBlocks(ctx, account, rows, once(answer))
    return answer
  })
}

/** Moves start and end of rows on the list, also of those that were blocked automatically (BLK-4). All or none. @throws NOT_FOUND */
export async function modifyCustom(
  ctx: Context,
  account: string,
  input: z.output<typeof modifyCustomSchema>,
): Promise<void> {
  const { targets, startsAt, endsAt, reason } = input
  const keys = targetKeys(targets)
  const rows = await ownCustom(ctx, account, keys)
  const changes = {
    timeZone: ctx.policy.timeZone,
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(reason === undefined ? {} : { reason }),
  }
  const changed = keys.flatMap((key, index) => {
    const own = rows.filter((row) => row.key === key)
    if (own.length === 0) throw new MailError('NOT_FOUND', { kind: 'block', field: `targets.${index}` })
    return own.map((row) => modifyEntry(row, changes))
  })
  await putBlocks(ctx, account, changed)
}

/** Takes rows off the list; what is not on it is passed over. */
export async function removeCustom(
  ctx: Context,
  account: string,
  targets: readonly string[],
): Promise<{ readonly removed: number }> {
  const keys = [...new Set(targetKeys(targets))]
  const removed = new Set((await ownCustom(ctx, account, keys)).map(({ key }) => key)).size
  await dropBlocks(ctx, account, 'custom', keys)
  return { removed }
}

/** Those somebody made and those that were made automatically. */
export async function ownCustom(ctx: Context, account: string, keys: readonly string[]): Promise<readonly BlockRow[]> {
  const rows = await ctx.storage.read.blocks(keys)
  return rows.filter((row) => row.kind === 'custom' && row.account === account)
}
