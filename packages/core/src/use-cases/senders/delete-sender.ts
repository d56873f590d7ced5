import { parseAddress } from '../../domain/address/index.js'
import { MailError } from '../../errors/mail-error.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find, findByKey, type Stored } from '../stored.js'
import { senderSlot } from './create-sender.js'

/** @throws NOT_FOUND */
export async function senderByAddressOrId(
  ctx: Context,
  account: string,
  addressOrId: string,
): Promise<Stored<'sender'>> {
  const found = addressOrId.includes('@')
    ? await findByKey<'sender'>(ctx, account, `sender:${parseAddress(addressOrId, ctx.policy).key}`)
    : await find(ctx, 'sender', account, addressOrId)
  if (!found) throw new MailError('NOT_FOUND', { kind: 'sender' })
  return found
}

/** Its place in the domain is free again. @throws NOT_FOUND; IN_USE naming the unfinished tasks that use it (SND-4). */
export async function deleteSender(ctx: Context, account: string, addressOrId: string): Promise<void> {
  const { id, parent } = await senderByAddressOrId(ctx, account, addressOrId)
  const limit = ctx.policy.sendersPerDomain
  await applyBundle(
    ctx,
    bundle(
      [
        { type: 'record.drop', kind: 'sender', account, id },
        { type: 'slot', key: senderSlot(parent), by: -1, limit },
      ],
      [{ type: 'unheld', ref: id }],
    ),
    (refusal) => (refusal.type === 'held' ? new MailError('IN_USE', { tasks: refusal.by }) : undefined),
  )
}
