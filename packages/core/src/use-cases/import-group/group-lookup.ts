import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { find, findByKey, type Stored } from '../stored.js'

/** @throws NOT_FOUND */
export async function groupByNameOrId(
  ctx: Pick<Context, 'storage'>,
  account: string,
  nameOrId: string,
): Promise<Stored<'group'>> {
  const found =
    (await findByKey<'group'>(ctx, account, `group:${nameOrId}`)) ?? (await find(ctx, 'group', account, nameOrId))
  if (!found) throw new MailError('NOT_FOUND', { kind: 'group' })
  return found
}
