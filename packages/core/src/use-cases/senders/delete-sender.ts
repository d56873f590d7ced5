import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import { callbackKey, callbacksChanged, endpointsMoved } from '../callbacks/endpoints.js'
import type { Context } from '../context.js'
import { findByKey } from '../stored.js'
import { senderSlot } from './create-sender.js'
import { senderByAddressOrId } from './sender-lookup.js'

/**
 * Its place in the domain is free again, and its callback goes with it.
 * @throws NOT_FOUND; IN_USE naming the unfinished tasks that use it (SND-4); CHANGED_MEANWHILE if its callback is being set just now.
 */
export async function deleteSender(ctx: Context, account: string, addressOrId: string): Promise<void> {
  const { id, parent, name, version } = await senderByAddressOrId(ctx, account, addressOrId)
  const callback = await findByKey<'callback'>(ctx, account, callbackKey(name))
  const dropped: readonly Change[] = callback
    ? [{ type: 'record.drop', kind: 'callback', account, id: callback.id }, endpointsMoved]
    : []
  const limit = ctx.policy.sendersPerDomain
  await applyBundle(
    ctx,
    bundle(
      [
        { type: 'record.drop', kind: 'sender', account, id, expect: version },
        { type: 'slot', key: senderSlot(parent), by: -1, limit },
        ...dropped,
      ],
      [{ type: 'unheld', ref: id }],
    ),
    (refusal) => (refusal.type === 'held' ? new MailError('IN_USE', { tasks: refusal.by }) : undefined),
  )
  if (callback) callbacksChanged(ctx, account)
}
