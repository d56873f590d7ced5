import { MailError } from '../../errors/mail-error.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { templateByNameOrId } from '../template-lookup.js'

/**
 * Removes a template; its name is free again. Its versions stay: single mails accepted with one may still have attempts before them.
 * @throws NOT_FOUND; IN_USE naming the unfinished tasks that use it (SND-4).
 */
export async function deleteTemplate(ctx: Context, account: string, nameOrId: string): Promise<void> {
  const { id } = await templateByNameOrId(ctx, account, nameOrId)
  const drop = { type: 'record.drop', kind: 'template', account, id } as const
  await applyBundle(ctx, bundle([drop], [{ type: 'unheld', ref: id }]), (refusal) =>
    refusal.type === 'held' ? new MailError('IN_USE', { tasks: refusal.by }) : undefined,
  )
}
