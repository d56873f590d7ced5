import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, updateRecord } from '../stored.js'
import type { StoredSecret } from './callback-records.js'
import { endpointsMoved } from './endpoints.js'
import { openSecret, sealSecret } from './secrets.js'

/** Seals the secrets of callbacks under the first secret of the service; one that no secret opens is left as it is. */
export async function resealCallbackSecrets(ctx: Context): Promise<void> {
  for await (const endpoint of each(ctx, 'callback', {})) {
    const stale = ({ sealed }: StoredSecret) => !ctx.secrets.isCurrent(sealed)
    if (!endpoint.data.secrets.some(stale)) continue
    try {
      const secrets = endpoint.data.secrets.map((one) =>
        stale(one) ? { ...one, sealed: sealSecret(ctx, endpoint, openSecret(ctx, endpoint, one.sealed)) } : one,
      )
      await tryBundle(ctx, bundle([updateRecord(endpoint, { data: { secrets } }), endpointsMoved]))
    } catch (error) {
      ctx.logger.log('error', 'secret-unreadable', { callback: endpoint.id, error })
    }
  }
}
