import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { insertRecord, updateRecord } from '../stored.js'
import { findService, type IpServiceView, serviceId, serviceView } from './ip-service.js'

/** Records the agreement to the operator's terms and opens the service (DIP-1). Opening what is open under the same terms changes nothing. */
export async function openService(ctx: Context, account: string): Promise<IpServiceView> {
  const terms = ctx.policy.ipTerms
  for (;;) {
    const known = await findService(ctx, account)
    if (known?.state === 'open' && known.data.agreements.at(-1)?.terms === terms) return serviceView(ctx, account)
    const now = ctx.clock.now()
    const agreements = [...(known?.data.agreements ?? []), { at: now, terms }]
    const opened = {
      state: 'open' as const,
      data: { agreements, closedAt: null, allocations: known?.data.allocations ?? 0 },
    }
    const change = known
      ? updateRecord(known, opened)
      : insertRecord({ kind: 'ip-service', account, id: serviceId(account), createdAt: now, ...opened })
    const result = await tryBundle(ctx, { guards: [], changes: [change] })
    if (result.applied) return serviceView(ctx, account)
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}
