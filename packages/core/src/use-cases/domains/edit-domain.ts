import { type Scenario, scenariosMix } from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import { MailError } from '../../errors/mail-error.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { activeIps, boundTo } from '../dedicated-ips/account-ips.js'
import { type DomainData, type Stored, updateRecord } from '../stored.js'
import { tagsOf } from '../tags-input.js'
import { domainByNameOrId } from './domain-lookup.js'
import { type DomainView, domainView } from './domain-view.js'

/** Replaces all tags of a domain. @throws NOT_FOUND, INPUT_INVALID */
export async function setDomainTags(ctx: Context, account: string, nameOrId: string, tags: Tags): Promise<DomainView> {
  const checked = tagsOf(ctx, tags)
  return edit(ctx, account, nameOrId, async () => ({ tags: checked }))
}

/**
 * Says what the domain's mail is for (DIP-4).
 * @throws NOT_FOUND; SCENARIO_MIXED naming its dedicated IPs that are for another scenario, unless `force`.
 */
export function setDomainScenario(
  ctx: Context,
  account: string,
  nameOrId: string,
  { scenario, force }: { readonly scenario: Scenario | null; readonly force: boolean },
): Promise<DomainView> {
  return edit(ctx, account, nameOrId, async ({ id }) => {
    const mixed = boundTo(id, await activeIps(ctx, account)).filter(({ data }) => scenariosMix(data.scenario, scenario))
    if (mixed.length > 0 && !force)
      throw new MailError('SCENARIO_MIXED', { field: 'scenario', dedicatedIps: mixed.map(({ data }) => data.ip) })
    return { scenario }
  })
}

/** Reads, decides and stores; whoever was faster is read again. */
async function edit(
  ctx: Context,
  account: string,
  nameOrId: string,
  change: (domain: Stored<'domain'>) => Promise<Partial<DomainData>>,
): Promise<DomainView> {
  for (;;) {
    const domain = await domainByNameOrId(ctx, account, nameOrId)
    const data = await change(domain)
    const result = await tryBundle(ctx, { guards: [], changes: [updateRecord(domain, { data })] })
    if (result.applied) return domainView(ctx, { ...domain, data: { ...domain.data, ...data } })
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}
