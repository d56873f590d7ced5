import { MailError } from '../../errors/mail-error.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find } from '../stored.js'
import { apiKeySlot } from './create-api-key.js'
import { keyMemoryOf } from './key-memory.js'

/** Its place is free again. @throws NOT_FOUND */
export async function revokeApiKey(ctx: Context, account: string, id: string): Promise<void> {
  // Not with what was given: somebody may give the whole key.
  if (!(await find(ctx, 'api-key', account, id))) throw new MailError('NOT_FOUND', { kind: 'api-key' })
  try {
    await applyBundle(
      ctx,
      bundle([
        { type: 'record.drop', kind: 'api-key', account, id },
        { type: 'slot', key: apiKeySlot(account), by: -1, limit: ctx.policy.apiKeysPerAccount },
      ]),
    )
  } finally {
    // Also if nobody knows whether it was stored: it is asked about again then.
    keyMemoryOf(ctx).forget(id)
  }
}
