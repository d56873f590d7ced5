import { type Scenario, scenariosMix } from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import type { Context } from '../context.js'
import { domainByNameOrId } from '../domains/domain-lookup.js'
import { find, type Stored, updateRecord } from '../stored.js'
import { tagsOf } from '../tags-input.js'
import { changeIps, ownIp } from './find-ip.js'
import { type DedicatedIpView, ipView } from './ip-view.js'

interface Binding {
  readonly ip: string
  readonly domain: string
}

/**
 * From now on the domain's mail leaves from this IP too (DIP-3), and the domain cannot be deleted under it (DOM-7).
 * @throws NOT_FOUND, DOMAIN_LOST; SCENARIO_MIXED if the IP is for other mail, unless `force` (DIP-4).
 */
export async function assignIp(
  ctx: Context,
  account: string,
  { ip, domain: nameOrId, force }: Binding & { readonly force: boolean },
): Promise<DedicatedIpView> {
  await changeIps(ctx, account, async () => {
    const one = await ownIp(ctx, account, ip)
    const domain = await domainByNameOrId(ctx, account, nameOrId)
    if (domain.state === 'lost') throw new MailError('DOMAIN_LOST', { field: 'domain', domain: domain.id })
    if (one.data.domains.includes(domain.id)) return null
    if (!force && (await mixes(ctx, one, domain)))
      throw new MailError('SCENARIO_MIXED', { field: 'domain', ip: one.data.ip })
    return [
      updateRecord(one, { data: { domains: [...one.data.domains, domain.id] } }),
      { type: 'hold', kind: 'domain', account, ref: domain.id, by: one.id, on: true },
      ...adoptScenario(domain, one.data.scenario),
    ]
  })
  return ipView(ctx, await ownIp(ctx, account, ip))
}

/** An IP that says nothing of its own is for what its domains are for. */
async function mixes(ctx: Context, one: Stored<'dedicated-ip'>, domain: Stored<'domain'>): Promise<boolean> {
  if (one.data.scenario !== null) return scenariosMix(one.data.scenario, domain.data.scenario)
  const bound = await Promise.all(one.data.domains.map((id) => find(ctx, 'domain', one.account, id)))
  return bound.some((other) => scenariosMix(other?.data.scenario ?? null, domain.data.scenario))
}

/** A domain that is for nothing in particular becomes for what its IP is for, so that mail of other kinds is warned of. */
export const adoptScenario = (domain: Stored<'domain'>, scenario: Scenario | null): readonly Change[] =>
  domain.data.scenario === null && scenario !== null ? [updateRecord(domain, { data: { scenario } })] : []

/** The domain's mail no longer leaves from this IP, also that which is on its way to be sent (REL-5). @throws NOT_FOUND */
export async function unassignIp(
  ctx: Context,
  account: string,
  { ip, domain: nameOrId }: Binding,
): Promise<DedicatedIpView> {
  const domain = await domainByNameOrId(ctx, account, nameOrId)
  await changeIps(ctx, account, async () => {
    const one = await ownIp(ctx, account, ip)
    return one.data.domains.includes(domain.id) ? unbound(one, domain.id) : null
  })
  return ipView(ctx, await ownIp(ctx, account, ip))
}

export const unbound = (one: Stored<'dedicated-ip'>, domain: string) => [
  updateRecord(one, { data: { domains: one.data.domains.filter((id) => id !== domain) } }),
  { type: 'hold', kind: 'domain', account: one.account, ref: domain, by: one.id, on: false } as const,
]

/** Replaces all its tags (DIP-4). What is posted already keeps those it was posted with. @throws NOT_FOUND, INPUT_INVALID */
export async function setIpTags(ctx: Context, account: string, ip: string, given: Tags): Promise<DedicatedIpView> {
  const tags = tagsOf(ctx, given)
  await changeIps(ctx, account, async () => [updateRecord(await ownIp(ctx, account, ip), { data: { tags } })])
  return ipView(ctx, await ownIp(ctx, account, ip))
}
