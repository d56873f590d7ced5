import { MailError } from '../errors/mail-error.js'
import type { Context } from './context.js'
import { find, findByKey, type Stored } from './stored.js'

/** Names are what people write in code, ids what programs keep. @throws NOT_FOUND */
export async function templateByNameOrId(
  ctx: Pick<Context, 'storage'>,
  account: string,
  nameOrId: string,
): Promise<Stored<'template'>> {
  const found =
    (await findByKey<'template'>(ctx, account, `template:${nameOrId}`)) ??
    (await find(ctx, 'template', account, nameOrId))
  if (!found) throw new MailError('NOT_FOUND', { kind: 'template' })
  return found
}
