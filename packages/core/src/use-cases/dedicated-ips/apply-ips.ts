import type { z } from 'zod'
import { freezePosting } from '../../domain/billing/index.js'
import {
  commonScenario,
  freeInOrder,
  type InventoryEntry,
  type Scenario,
  scenariosMix,
} from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change, Guard } from '../../ports/changes.js'
import { type Today, todayOf } from '../allowance.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { domainByNameOrId } from '../domains/domain-lookup.js'
import { creating } from '../idempotent.js'
import { each, insertRecord, type Stored, updateRecord } from '../stored.js'
import { tagsOf } from '../tags-input.js'
import { adoptScenario } from './assign-ip.js'
import { ipKey, ipsEpoch } from './find-ip.js'
import { POOL } from './inventory.js'
import type { applyIpsSchema } from './ip-input.js'
import { findService } from './ip-service.js'
import { type DedicatedIpView, viewWith } from './ip-view.js'
import { billingDue, ledgerEntry, nextBilling } from './ledger.js'

export interface AllocatedIps {
  readonly ips: readonly DedicatedIpView[]
}

type Parsed = z.output<typeof applyIpsSchema>

/**
 * Gives the account so many free addresses for its domains, all or none, and sets a month's price aside for each (DIP-1, DIP-6). However many
 * accounts and processes race for the last ones, no address is given twice.
 * @throws STATE_INVALID unless the service is open; NOT_FOUND, DOMAIN_LOST, SCENARIO_MIXED; IPS_EXHAUSTED with the number free.
 */
export async function applyForIps(ctx: Context, account: string, input: Parsed): Promise<AllocatedIps> {
  return creating(ctx, 'dedicatedIps.apply', account, input, async (once) => {
    const tags = tagsOf(ctx, input.tags)
    await ctx.inventory.ready(ctx)
    for (;;) {
      const order = await orderOf(ctx, account, input, tags)
      const answer = { ips: order.allocations.map(({ view }) => view) }
      const guards = [...once(answer), ...order.guards]
      const result = await tryBundle(ctx, { guards, changes: order.changes })
      if (result.applied) {
        ctx.bumped([ipsEpoch(account)])
        return answer
      }
      // Somebody else took one of them, or the account itself has moved: choose again from what is free now.
      if (result.refusal.type !== 'version') throw refusalError(result.refusal)
    }
  })
}

async function orderOf(ctx: Context, account: string, input: Parsed, tags: Tags) {
  const service = await findService(ctx, account)
  if (service?.state !== 'open') throw new MailError('STATE_INVALID', { state: 'closed', possible: ['open'] })
  const domains = await domainsOf(ctx, account, input.domains)
  const scenario = scenarioFor(input, domains)
  const now = ctx.clock.now()
  const today = todayOf(ctx, now)
  const chosen = await chooseIps(ctx, input.count, now)
  const allocations = chosen.map(([pooled, entry]) => {
    const one = allocationOf(ctx, { account, ip: entry.ip, domains, scenario, tags, now, today })
    const shown = domains.map(({ id, data }) => ({ id, name: data.name }))
    return { one, pooled, entry, view: viewWith(ctx, one, { ehlo: entry.ehlo, domains: shown, takenToday: 0 }) }
  })
  const priced = (ctx.policy.ipMonthlyPrice ?? 0) > 0
  const changes: Change[] = [
    { type: 'epoch.bump', keys: [ipsEpoch(account)] },
    updateRecord(service, { data: { allocations: service.data.allocations + allocations.length } }),
    ...domains.flatMap((domain) => adoptScenario(domain, scenario)),
    ...allocations.flatMap(({ one, pooled, entry }) => allocationChanges(one, pooled, entry, today, now)),
    ...(priced ? [billingDue(account, nextBilling(ctx, today.day))] : []),
  ]
  const guards: Guard[] = domains.map(({ id, version }) => ({ type: 'present', kind: 'domain', account, id, version }))
  return { allocations, changes, guards }
}

async function domainsOf(
  ctx: Context,
  account: string,
  namesOrIds: readonly string[],
): Promise<readonly Stored<'domain'>[]> {
  const found = await Promise.all(namesOrIds.map((nameOrId) => domainByNameOrId(ctx, account, nameOrId)))
  const lost = found.find(({ state }) => state === 'lost')
  if (lost) throw new MailError('DOMAIN_LOST', { field: 'domains', domain: lost.id })
  return [...new Map(found.map((domain) => [domain.id, domain])).values()]
}

/** DIP-4 @throws SCENARIO_MIXED */
function scenarioFor(input: Parsed, domains: readonly Stored<'domain'>[]): Scenario | null {
  const theirs = commonScenario(domains.map(({ data }) => data.scenario))
  const common = theirs === 'mixed' ? null : theirs
  const mixed = theirs === 'mixed' || scenariosMix(common, input.scenario ?? null)
  if (mixed && !input.force) throw new MailError('SCENARIO_MIXED', { field: 'domains' })
  return input.scenario ?? common
}

/** Only what this process knows to be in the inventory, and the storage knows to be free. @throws IPS_EXHAUSTED */
async function chooseIps(
  ctx: Context,
  count: number,
  now: number,
): Promise<readonly (readonly [Stored<'ip'>, InventoryEntry])[]> {
  const pool: Stored<'ip'>[] = []
  for await (const pooled of each(ctx, 'ip', { account: POOL, states: ['free', 'cooling'] })) pool.push(pooled)
  const order = freeInOrder(
    pool.map((pooled) => ({ pooled, state: pooled.state, coolUntil: pooled.data.coolUntil })),
    now,
    ctx.random(),
  )
  const free = order.flatMap(({ pooled }) => {
    const entry = ctx.inventory.find(pooled.data.ip)
    return entry ? [[pooled, entry] as const] : []
  })
  if (free.length < count) throw new MailError('IPS_EXHAUSTED', { field: 'count', free: free.length, wanted: count })
  return free.slice(0, count)
}

function allocationOf(
  ctx: Context,
  given: {
    readonly account: string
    readonly ip: string
    readonly domains: readonly Stored<'domain'>[]
    readonly scenario: Scenario | null
    readonly tags: Tags
    readonly now: number
    readonly today: Today
  },
) {
  const { account, ip, domains, scenario, tags, now, today } = given
  return {
    kind: 'dedicated-ip' as const,
    account,
    id: ctx.ids.next('record'),
    name: ip,
    state: 'active' as const,
    createdAt: now,
    data: {
      ip,
      scenario,
      tags,
      domains: domains.map(({ id }) => id),
      price: ctx.policy.ipMonthlyPrice ?? 0,
      startedAt: now,
      since: today.day,
      until: null,
      billed: null,
    },
  }
}

function allocationChanges(
  one: ReturnType<typeof allocationOf>,
  pooled: Stored<'ip'>,
  { ehlo, relay }: InventoryEntry,
  { day }: Today,
  now: number,
): readonly Change[] {
  const { account, id, data } = one
  return [
    updateRecord(pooled, { state: 'allocated', data: { allocation: id, ehlo, relay } }),
    insertRecord({ ...one, keys: [ipKey(account, data.ip)] }),
    ...data.domains.map((ref) => ({ type: 'hold', kind: 'domain', account, ref, by: id, on: true }) as const),
    ...freezePosting(data).map((posting) => ledgerEntry(one, posting, { now, day, period: '' })),
  ]
}
