import type { Context } from '../context.js'
import { each, find, type Stored } from '../stored.js'

export const serviceId = (account: string): string => `ip-service:${account}`

/** Whether an account has the service, and what it costs. */
export interface IpServiceView {
  readonly state: 'open' | 'closed'
  /** What was agreed to and when, oldest first. */
  readonly agreements: readonly { readonly at: number; readonly terms: string }[]
  readonly closedAt: number | null
  /** The version of the terms that `open` agrees to now. */
  readonly terms: string
  /** Of an IP applied for now, in minor units; null: nothing is charged. */
  readonly monthlyPrice: number | null
  /** What is set aside now, in minor units. */
  readonly frozen: number
  readonly currency: string | null
}

export const findService = (ctx: Pick<Context, 'storage'>, account: string): Promise<Stored<'ip-service'> | null> =>
  find(ctx, 'ip-service', account, serviceId(account))

export async function serviceView(ctx: Context, account: string): Promise<IpServiceView> {
  const service = await findService(ctx, account)
  let frozen = 0
  for await (const { data } of each(ctx, 'dedicated-ip', { account, states: ['active', 'ended'] })) frozen += data.price
  const { ipTerms: terms, ipMonthlyPrice: monthlyPrice, ipCurrency: currency } = ctx.policy
  const { agreements, closedAt } = service?.data ?? { agreements: [], closedAt: null }
  return { state: service?.state ?? 'closed', agreements, closedAt, terms, monthlyPrice, frozen, currency }
}
