import { canDelete } from '../../domain/sender-domain/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { warmUpId } from '../allowance.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { activeIps, boundTo } from '../dedicated-ips/account-ips.js'
import { unbound } from '../dedicated-ips/assign-ip.js'
import { changeIps } from '../dedicated-ips/find-ip.js'
import { each, type Stored } from '../stored.js'
import { domainByNameOrId, domainSlot } from './domain-lookup.js'

/**
 * Gives a name up (DOM-7); its place among the account's domains and the name itself are free again. The dedicated IPs of a domain that is not verified
 * let it go.
 * @throws NOT_FOUND; IN_USE naming the senders, the dedicated IPs and the unfinished tasks of a verified domain (SND-4).
 */
export async function deleteDomain(ctx: Context, account: string, nameOrId: string): Promise<void> {
  const { id } = await domainByNameOrId(ctx, account, nameOrId)
  for (;;) {
    const domain = await domainByNameOrId(ctx, account, id)
    if (domain.state !== 'verified') await letGo(ctx, domain)
    const { senders, dedicatedIps } = await usersOf(ctx, domain)
    canDelete({ state: domain.state, senders, dedicatedIps: dedicatedIps.map(({ data }) => data.ip) })
    const changes: Change[] = [
      { type: 'record.drop', kind: 'domain', account, id, expect: domain.version },
      { type: 'work.drop', kind: 'upkeep', parent: id },
      { type: 'slot', key: domainSlot(account), by: -1, limit: ctx.policy.domainsPerAccount },
    ]
    if (domain.state === 'verified') changes.push({ type: 'record.drop', kind: 'warm-up', account, id: warmUpId(id) })
    const result = await tryBundle(ctx, { guards: [{ type: 'unheld', ref: id }], changes })
    if (result.applied) return
    const { refusal } = result
    if (refusal.type === 'held') {
      // Senders and IPs hold their domain, so that one that came at the same time is seen here at the latest.
      const now = await usersOf(ctx, domain)
      if (domain.state !== 'verified' && now.dedicatedIps.length > 0) continue
      const ips = now.dedicatedIps.map((one) => one.id)
      const tasks = refusal.by.filter((by) => !now.senders.includes(by) && !ips.includes(by))
      const dedicatedIps = now.dedicatedIps.map(({ data }) => data.ip)
      throw new MailError('IN_USE', { senders: now.senders, dedicatedIps, tasks })
    }
    if (refusal.type !== 'version') throw refusalError(refusal)
  }
}

async function usersOf(ctx: Context, domain: Stored<'domain'>) {
  const senders: string[] = []
  for await (const { id } of each(ctx, 'sender', { account: domain.account, parent: domain.id })) senders.push(id)
  return { senders, dedicatedIps: boundTo(domain.id, await activeIps(ctx, domain.account)) }
}

const letGo = (ctx: Context, { account, id }: Stored<'domain'>): Promise<void> =>
  changeIps(ctx, account, async () => {
    const bound = boundTo(id, await activeIps(ctx, account))
    return bound.length > 0 ? bound.flatMap((one) => unbound(one, id)) : null
  })
