import { addCounts } from '../../domain/statistics/index.js'
import { settledOf } from '../../domain/warm-up/index.js'
import type { Today } from '../allowance.js'
import type { Context } from '../context.js'

const DAY = 86_400_000

/** What has become of a domain's mail lately; each as it arrived (TSK-11). */
export interface RecentCounts {
  readonly settled: number
  readonly invalid: number
  readonly delivered: number
  readonly complained: number
}

/** Of the last `policy.recentDays` days, today included. */
export async function recentCounts(ctx: Context, account: string, domain: string, today: Today): Promise<RecentCounts> {
  const from = today.start - (ctx.policy.recentDays - 1) * DAY
  const tallies = await ctx.storage.read.tallies({ cube: 'day', account, from, to: today.end, domains: [domain] })
  const counts = addCounts(tallies.map((tally) => tally.counts))
  const { invalid, delivered, complained } = counts
  return { settled: settledOf(counts), invalid, delivered, complained }
}
