import { parseAddress } from '../../domain/address/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { find, findByKey, type Stored } from '../stored.js'

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
