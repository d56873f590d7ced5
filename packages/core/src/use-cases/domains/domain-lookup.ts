import { parseHostName } from '../../domain/address/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { UniqueKey } from '../../ports/changes.js'
import type { Context } from '../context.js'
import { find, findByKey, type Stored } from '../stored.js'

/** An account claims a name once. */
export const claimKey = (account: string, ascii: string): UniqueKey => ({ scope: account, key: `domain:${ascii}` })

/** Of all claims to a name one owns it: whoever puts this key first (DOM-1). */
export const ownerKey = (ascii: string): UniqueKey => ({ scope: '', key: `owner:${ascii}` })

export const domainSlot = (account: string): string => `domains:${account}`

/** A name in any form a person types (U-label, capitals, trailing dot), or an id. @throws NOT_FOUND */
export async function domainByNameOrId(
  ctx: Pick<Context, 'storage'>,
  account: string,
  nameOrId: string,
): Promise<Stored<'domain'>> {
  const ascii = asciiOf(nameOrId)
  const { scope, key } = claimKey(account, ascii ?? '')
  const found =
    (ascii === null ? null : await findByKey<'domain'>(ctx, scope, key)) ??
    (await find(ctx, 'domain', account, nameOrId))
  if (!found) throw new MailError('NOT_FOUND', { kind: 'domain' })
  return found
}

/** null for what can only be an id. */
function asciiOf(nameOrId: string): string | null {
  if (!nameOrId.includes('.')) return null
  return parseHostName(nameOrId).ascii
}

/** The account that has verified the name, if any has. */
export const ownerOf = (ctx: Pick<Context, 'storage'>, ascii: string): Promise<Stored<'domain'> | null> => {
  const { scope, key } = ownerKey(ascii)
  return findByKey<'domain'>(ctx, scope, key)
}
