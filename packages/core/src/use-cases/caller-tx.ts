import { z } from 'zod'
import { MailError } from '../errors/mail-error.js'
import type { CallerTx } from '../ports/storage.js'
import { type BeginAuditInput, beginAuditSchema } from './audit/index.js'
import type { Context } from './context.js'

export const sendOptionsSchema = z.strictObject({
  /**
   * The host's own open transaction, as the storage knows it; with Postgres a pg client on which `BEGIN` has been done. The mail then exists if and only
   * if that transaction commits. The client must not come from a pool that has no other connection left.
   */
  tx: z.unknown().optional(),
  /** For whoever lets others in: the call's record in the account's audit, stored together with the mail. Instead of `audit.begin`. */
  audit: beginAuditSchema.optional(),
})
export type SendOptions = { readonly tx?: CallerTx; readonly audit?: BeginAuditInput }

/** The same context, whose writes are the caller's. What it reads is what others have committed. @throws NOT_SUPPORTED */
export function withinTx(ctx: Context, tx: CallerTx): Context {
  const { storage } = ctx
  if (!storage.capabilities.callerTransaction) {
    throw new MailError('NOT_SUPPORTED', { adapter: storage.name, capability: 'callerTransaction' })
  }
  return {
    ...ctx,
    storage: {
      name: storage.name,
      capabilities: storage.capabilities,
      migrate: () => storage.migrate(),
      time: () => storage.time(),
      apply: (bundles) => storage.apply(bundles, { tx }),
      claim: (request) => storage.claim(request),
      read: storage.read,
      close: () => storage.close(),
    },
  }
}
