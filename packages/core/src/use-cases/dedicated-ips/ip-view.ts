import { dayInUse, limitOnDay, type PoolState, poolState, type Scenario } from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import { todayOf } from '../allowance.js'
import type { Context } from '../context.js'
import { find, type Stored } from '../stored.js'
import { POOL, poolId } from './inventory.js'

/** A dedicated IP as its account sees it. */
export interface DedicatedIpView {
  readonly ip: string
  /** The name it greets receiving servers with. */
  readonly ehlo: string
  /** `warming` while the level table limits its day (DIP-7), then `allocated`; `retired`: the operator has taken it away, mail leaves from elsewhere. */
  readonly state: Extract<PoolState, 'warming' | 'allocated' | 'retired'>
  readonly scenario: Scenario | null
  readonly tags: Tags
  /** Whose mail leaves from it. */
  readonly domains: readonly { readonly id: string; readonly name: string }[]
  /** 1 on the day of its allocation. */
  readonly dayInUse: number
  /** What it takes today at most; null: it is warm. */
  readonly limitToday: number | null
  readonly takenToday: number
  readonly allocatedAt: number
  /** Minor units. */
  readonly monthlyPrice: number
}

/** The allowance of a new IP on one day (DIP-7). */
export const ipScope = (ip: string): string => `ip:${ip}`

type Shown = Pick<Stored<'dedicated-ip'>, 'account' | 'data'>

export async function ipView(ctx: Context, one: Shown): Promise<DedicatedIpView> {
  const { day } = todayOf(ctx, ctx.clock.now())
  const [pooled, quota, domains] = await Promise.all([
    find(ctx, 'ip', POOL, poolId(one.data.ip)),
    ctx.storage.read.quota({ scope: ipScope(one.data.ip), day }),
    Promise.all(one.data.domains.map((id) => find(ctx, 'domain', one.account, id))),
  ])
  const known = domains.flatMap((domain) => (domain ? [{ id: domain.id, name: domain.data.name }] : []))
  const ehlo = ctx.inventory.find(one.data.ip)?.ehlo ?? pooled?.data.ehlo ?? ''
  return viewWith(ctx, one, { ehlo, domains: known, takenToday: quota?.granted ?? 0 })
}

/** The view of what is known already, before it is stored. */
export function viewWith(
  ctx: Context,
  { data }: Pick<Shown, 'data'>,
  known: Pick<DedicatedIpView, 'ehlo' | 'domains' | 'takenToday'>,
): DedicatedIpView {
  const { ip, scenario, tags, since, startedAt, price } = data
  const now = ctx.clock.now()
  const { day: today } = todayOf(ctx, now)
  const day = dayInUse(since, today)
  const gone = ctx.inventory.entries.length > 0 && !ctx.inventory.find(ip)
  const state = gone ? 'retired' : poolState({ state: 'allocated', coolUntil: null, since }, now, today)
  return {
    ip,
    ehlo: known.ehlo,
    state: state === 'warming' || state === 'retired' ? state : 'allocated',
    scenario,
    tags,
    domains: known.domains,
    dayInUse: day,
    limitToday: limitOnDay(day),
    takenToday: known.takenToday,
    allocatedAt: startedAt,
    monthlyPrice: price,
  }
}
