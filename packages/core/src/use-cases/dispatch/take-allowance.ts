import {
  dayInUse,
  type IpFacts,
  limitOnDay,
  planRoutes,
  type RouteFacts,
  type RoutePlan,
} from '../../domain/dedicated-ip/index.js'
import type { Today } from '../allowance.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { ipScope } from '../dedicated-ips/ip-view.js'
import type { AccountIp } from './ip-desk.js'

/** The day of a new IP (DIP-7). */
export interface IpDay {
  readonly limit: number
  /** As it was when it was asked for; the binding decision is `quota.take`. */
  readonly left: number
}

/** Of the new IPs; what is warm has no limit. */
export async function daysOf(
  ctx: Context,
  ips: readonly AccountIp[],
  { day }: Today,
): Promise<ReadonlyMap<string, IpDay>> {
  const days = await Promise.all(
    ips.map(async ({ source: { ip }, since }): Promise<readonly [string, IpDay][]> => {
      const limit = limitOnDay(dayInUse(since, day))
      if (limit === null) return []
      const quota = await ctx.storage.read.quota({ scope: ipScope(ip), day })
      return [[ip, { limit, left: Math.max(0, (quota?.ceiling ?? limit) - (quota?.granted ?? 0)) }]]
    }),
  )
  return new Map(days.flat())
}

export interface TakenPlan extends RoutePlan {
  /** What was taken of the day of each new IP. */
  readonly allowance: ReadonlyMap<string, number>
}

/**
 * Plans the routes and takes from the new IPs' day exactly what the plan needs, all or nothing for each IP. Where another process was faster it plans again with
 * what is left, so that no IP takes more than its day allows, however many processes send from it (DIP-7).
 */
export async function planAndTake(
  ctx: Context,
  messages: readonly string[],
  facts: { readonly scenario: RouteFacts['scenario']; readonly ips: readonly Omit<IpFacts, 'left'>[] },
  days: ReadonlyMap<string, IpDay>,
  { day }: Today,
): Promise<TakenPlan> {
  const allowance = new Map<string, number>()
  const left = new Map([...days].map(([ip, one]) => [ip, one.left]))
  for (;;) {
    const plan = planRoutes(messages, {
      ...facts,
      ips: facts.ips.map((one) => ({ ...one, left: left.get(one.ip) ?? null })),
    })
    const wanted = [...days].flatMap(([ip, { limit }]) => {
      const had = allowance.get(ip) ?? 0
      const count = (plan.taken.get(ip) ?? 0) - had
      return count > 0 ? [{ ip, limit, had, count }] : []
    })
    if (wanted.length === 0) return { ...plan, allowance }
    const results = await ctx.storage.apply(
      wanted.map(({ ip, count, limit: ceiling }) =>
        bundle([{ type: 'quota.take', scope: ipScope(ip), day, count, ceiling }]),
      ),
    )
    for (const [at, { ip, had, count }] of wanted.entries()) {
      const result = results[at]
      if (result?.applied) {
        allowance.set(ip, had + count)
        continue
      }
      const more = result?.refusal.type === 'quota' ? result.refusal.ceiling - result.refusal.granted : 0
      left.set(ip, had + Math.min(count - 1, Math.max(0, more)))
    }
  }
}

/** Gives back what was taken and not used. If that fails, the IP sends a little less today. */
export async function giveBack(ctx: Context, unused: ReadonlyMap<string, number>, day: string): Promise<void> {
  const returns = [...unused].filter(([, count]) => count > 0)
  if (returns.length === 0) return
  try {
    await ctx.storage.apply(
      returns.map(([ip, count]) => bundle([{ type: 'quota.return', scope: ipScope(ip), day, count }])),
    )
  } catch (error) {
    ctx.logger.log('warn', 'ip-allowance-lost', { ips: returns.length, error })
  }
}
