import { bundle, tryBundle } from '../../apply-bundle.js'
import type { Context } from '../../context.js'
import { updateRecord } from '../../stored.js'
import { callbacksChanged, type Endpoint, endpointsMoved } from '../endpoints.js'

/** It answered 410: nothing more is told to it until somebody enables it or sets it again (CBK-4). false: it was changed meanwhile. */
export async function closeEndpoint(ctx: Context, endpoint: Endpoint): Promise<boolean> {
  const now = ctx.clock.now()
  const closed = updateRecord(endpoint, { state: 'gone', data: { goneAt: now, changedAt: now } })
  const result = await tryBundle(ctx, bundle([closed, endpointsMoved]))
  if (!result.applied) return false
  callbacksChanged(ctx, endpoint.account)
  ctx.logger.log('warn', 'callback-gone', { account: endpoint.account, callback: endpoint.id })
  ctx.emit({ type: 'callback-gone', at: now, account: endpoint.account, callback: endpoint.id })
  return true
}
