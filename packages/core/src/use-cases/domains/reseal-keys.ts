import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, type Stored, type StoredDkimKey, updateRecord } from '../stored.js'
import { dkimSealContext } from './sealed-keys.js'

/**
 * Seals every DKIM key under the first secret of the service that is not. A key that no secret opens is left as it is: its secret may come back.
 */
export async function resealKeys(ctx: Context): Promise<void> {
  for await (const domain of each(ctx, 'domain', {})) {
    const stale = (key: StoredDkimKey) => key.sealed !== '' && !ctx.secrets.isCurrent(key.sealed)
    if (!domain.data.keys.some(stale)) continue
    const keys = domain.data.keys.map((key) => (stale(key) ? resealed(ctx, domain, key) : key))
    // Somebody who changes it at the same time wins; the rest is done tomorrow.
    await tryBundle(ctx, bundle([updateRecord(domain, { data: { keys } })]))
  }
}

function resealed(ctx: Context, { account, id }: Stored<'domain'>, key: StoredDkimKey): StoredDkimKey {
  const context = dkimSealContext(account, id, key.selector)
  try {
    return { ...key, sealed: ctx.secrets.seal(ctx.secrets.open(key.sealed, context), context) }
  } catch (error) {
    ctx.logger.log('error', 'key-unreadable', { domain: id, selector: key.selector, error })
    return key
  }
}
