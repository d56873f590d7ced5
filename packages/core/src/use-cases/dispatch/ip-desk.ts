import type { Scenario } from '../../domain/dedicated-ip/index.js'
import type { SourceRoute } from '../../ports/transport.js'
import type { Context } from '../context.js'
import { activeIps } from '../dedicated-ips/account-ips.js'
import { find } from '../stored.js'
import { createIpRates, type IpRates } from './ip-rates.js'

const ACCOUNTS_KEPT = 1_000

/** A dedicated IP of one account, as far as mail is sent from it. */
export interface AccountIp {
  readonly source: SourceRoute
  readonly scenario: Scenario | null
  readonly domains: readonly string[]
  /** Its first calendar day in use. */
  readonly since: string
}

export interface AccountIps {
  readonly ips: readonly AccountIp[]
  /** Of the domains that have any. */
  readonly scenarios: ReadonlyMap<string, Scenario | null>
}

/** What this process knows of dedicated IPs. */
export interface IpDesk {
  /** false: no mail of this process leaves from one. */
  readonly active: boolean
  /** As of the account's epoch; read once per epoch, and never for an account that had no IP in its life (epoch 0). */
  of(account: string, epoch: number): Promise<AccountIps>
  readonly rates: IpRates
}

const none: AccountIps = { ips: [], scenarios: new Map() }

export function createIpDesk(ctx: Context): IpDesk {
  const known = new Map<string, { readonly epoch: number; readonly ips: Promise<AccountIps> }>()
  return {
    active: ctx.inventory.entries.length > 0 && ctx.transport.capabilities.sourceAddress && ctx.limiter !== null,
    rates: createIpRates(ctx.policy.ipPerSecond),
    async of(account, epoch) {
      if (epoch === 0) return none
      const kept = known.get(account)
      if (kept?.epoch === epoch) return kept.ips
      const ips = read(ctx, account)
      known.delete(account)
      known.set(account, { epoch, ips })
      ips.catch(() => known.delete(account))
      const [oldest] = known.keys()
      if (known.size > ACCOUNTS_KEPT && oldest !== undefined) known.delete(oldest)
      return ips
    },
  }
}

/** An address that is no longer in the operator's inventory sends nothing: its mail leaves from the account's others, or the shared pool. */
async function read(ctx: Context, account: string): Promise<AccountIps> {
  const ips = (await activeIps(ctx, account)).flatMap(({ data: { ip, scenario, domains, since } }): AccountIp[] => {
    const entry = ctx.inventory.find(ip)
    if (!entry) return []
    const source = { ip, ehlo: entry.ehlo, relay: entry.relay }
    return [{ source, scenario, domains, since }]
  })
  const domains = [...new Set(ips.flatMap((one) => one.domains))]
  const records = await Promise.all(domains.map((id) => find(ctx, 'domain', account, id)))
  return { ips, scenarios: new Map(domains.map((id, at) => [id, records[at]?.data.scenario ?? null])) }
}
