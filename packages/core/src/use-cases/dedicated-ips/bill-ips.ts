import type { z } from 'zod'
import {
  type BillGroup,
  type BillLine,
  daysInMonth,
  firstDay,
  groupByTag,
  type MonthFee,
  monthFees,
  monthOf,
  nextMonth,
  totalOf,
  type Usage,
} from '../../domain/billing/index.js'
import { addDays } from '../../domain/calendar/index.js'
import { todayOf } from '../allowance.js'
import type { Context } from '../context.js'
import { each, type Stored } from '../stored.js'
import type { billIpsSchema } from './ip-input.js'
import { feesOf } from './ledger.js'

/** What dedicated IPs cost in a month, in minor units. */
export interface IpBill {
  readonly month: string
  readonly currency: string | null
  readonly daysInMonth: number
  /** false: the month is not over, or not posted yet; what is shown is what the days so far cost. */
  readonly final: boolean
  readonly lines: readonly BillLine[]
  readonly total: number
  /** With `groupBy`: adds up to `total`. */
  readonly groups: readonly BillGroup[]
}

export const usageOf = ({ id, data }: Stored<'dedicated-ip'>): Usage => {
  const { ip, price, since, until } = data
  return { id, ip, price, since, until }
}

export async function allIps(
  ctx: Pick<Context, 'storage'>,
  account: string,
): Promise<readonly Stored<'dedicated-ip'>[]> {
  const found: Stored<'dedicated-ip'>[] = []
  for await (const one of each(ctx, 'dedicated-ip', { account })) found.push(one)
  return found
}

/** The last day of a month. */
export const endOf = (month: string): string => addDays(firstDay(nextMonth(month)), -1)

/** The bill of one month; null where nothing has a price, because then there is none (DIP-6). */
export async function billOf(
  ctx: Context,
  account: string,
  { month, groupBy }: z.output<typeof billIpsSchema>,
): Promise<IpBill | null> {
  const { day: today } = todayOf(ctx, ctx.clock.now())
  const ips = await allIps(ctx, account)
  if (ctx.policy.ipMonthlyPrice === null && ips.every(({ data }) => data.price === 0)) return null
  const posted = await postedFees(ctx, account, month)
  const through = today < endOf(month) ? today : endOf(month)
  const byId = new Map(ips.map((one) => [one.id, one]))
  const fees = monthFees(ips.map(usageOf), month, through)
  const lines = fees.map(({ usage, activeDays, fee }: MonthFee): BillLine => {
    const entry = posted.get(usage.id)
    const tags = (entry ?? byId.get(usage.id))?.data.tags ?? {}
    return { ip: usage.ip, activeDays, price: usage.price, fee, tags }
  })
  return {
    month,
    currency: ctx.policy.ipCurrency,
    daysInMonth: daysInMonth(month),
    final: monthOf(today) > month && fees.every(({ usage, fee }) => fee === 0 || posted.has(usage.id)),
    lines,
    total: totalOf(lines),
    groups: groupBy === undefined ? [] : groupByTag(lines, groupBy.slice('tag:'.length)),
  }
}

async function postedFees(
  ctx: Context,
  account: string,
  month: string,
): Promise<ReadonlyMap<string, Stored<'ledger-entry'>>> {
  const found = new Map<string, Stored<'ledger-entry'>>()
  for await (const entry of each(ctx, 'ledger-entry', { account, name: feesOf(month) })) found.set(entry.parent, entry)
  return found
}
