import { z } from 'zod'
import { dayOf } from '../../domain/quota/index.js'
import { addCounts, type SendingRates, sendingRates } from '../../domain/statistics/index.js'
import type { Counts } from '../../ports/counters.js'
import type { Context } from '../../use-cases/context.js'
import { parseInput } from '../../use-cases/parse-input.js'

export const sendingSchema = z.strictObject({
  /** Epoch milliseconds; mail is attributed to the hour it was sent. */
  from: z.number(),
  to: z.number(),
  by: z.enum(['hour', 'day']).default('day'),
  timeZone: z.string().optional(),
  /** A sender domain's name. */
  domain: z.string().optional(),
  task: z.string().optional(),
})
export type SendingInput = Readonly<z.input<typeof sendingSchema>>

export interface SendingPeriod {
  /** `2026-11-23`, or the hour's start as ISO 8601. */
  readonly period: string
  readonly counts: Counts
  readonly rates: SendingRates
}

export interface StatisticsNamespace {
  /** What was sent in each period that has anything, oldest first. */
  sending(input: SendingInput): Promise<{ readonly items: readonly SendingPeriod[] }>
}

export function statisticsOf(ctx: Context, account: string): StatisticsNamespace {
  return {
    async sending(input) {
      const { from, to, by, timeZone = ctx.policy.timeZone, domain, task } = parseInput(sendingSchema, input)
      const tallies = await ctx.storage.read.tallies({
        cube: 'sender',
        account,
        from,
        to,
        ...(domain === undefined ? {} : { domain }),
        ...(task === undefined ? {} : { task }),
      })
      const periods = new Map<string, Counts>()
      for (const { cell, counts } of tallies) {
        const period = by === 'day' ? dayOf(cell.bucket, timeZone) : new Date(cell.bucket).toISOString()
        const known = periods.get(period)
        periods.set(period, known ? addCounts([known, counts]) : counts)
      }
      const items = [...periods]
        .map(([period, counts]) => ({ period, counts, rates: sendingRates(counts) }))
        .sort((a, b) => (a.period < b.period ? -1 : 1))
      return { items }
    },
  }
}
