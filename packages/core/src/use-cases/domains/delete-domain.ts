import { canDelete } from '../../domain/sender-domain/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { warmUpId } from '../allowance.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, type Stored } from '../stored.js'
import { domainByNameOrId, domainSlot } from './domain-lookup.js'

/**
 * Gives a name up (DOM-7); its place among the account's domains and the name itself are free again.
 * @throws NOT_FOUND; IN_USE naming the senders and the unfinished tasks of a verified domain (SND-4).
 */
export async function deleteDomain(ctx: Context, account: string, nameOrId: string): Promise<void> {
  const { id } = await domainByNameOrId(ctx, account, nameOrId)
  for (;;) {
    const domain = await domainByNameOrId(ctx, account, id)
    const senders = await sendersOf(ctx, domain)
    canDelete({ state: domain.state, senders, dedicatedIps: [] })
    const changes: Change[] = [
      { type: 'record.drop', kind: 'domain', account, id, expect: domain.version },
      { type: 'slot', key: domainSlot(account), by: -1, limit: ctx.policy.domainsPerAccount },
    ]
    if (domain.state === 'verified') changes.push({ type: 'record.drop', kind: 'warm-up', account, id: warmUpId(id) })
    const result = await tryBundle(ctx, { guards: [{ type: 'unheld', ref: id }], changes })
    if (result.applied) return
    const { refusal } = result
    if (refusal.type === 'held') {
      // Senders hold their domain, so that one created at the same time is seen here at the latest.
      const now = await sendersOf(ctx, domain)
      const tasks = refusal.by.filter((by) => !now.includes(by))
      throw new MailError('IN_USE', { senders: now, dedicatedIps: [], tasks })
    }
    if (refusal.type !== 'version') throw refusalError(refusal)
  }
}

async function sendersOf(ctx: Context, domain: Stored<'domain'>): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { id } of each(ctx, 'sender', { account: domain.account, parent: domain.id })) ids.push(id)
  return ids
}
