import type { Change } from '../../ports/changes.js'
import { type Today, todayOf } from '../allowance.js'
import type { Context } from '../context.js'
import { find, type Stored, updateRecord } from '../stored.js'
import { activeIps } from './account-ips.js'
import { changeIps, ownIp } from './find-ip.js'
import { POOL, poolId } from './inventory.js'
import { findService, type IpServiceView, serviceView } from './ip-service.js'

const DAY = 86_400_000

/**
 * Gives an IP back (DIP-5): its bindings go, domains with no IP left use the shared pool at once, also for mail in flight, and it rests before it is given to
 * anybody again. Its last month is billed by the days it was used. @throws NOT_FOUND
 */
export async function disableIp(ctx: Context, account: string, ip: string): Promise<void> {
  await changeIps(ctx, account, async () => ended(ctx, await ownIp(ctx, account, ip)))
}

/** Gives all IPs back and closes the service; to use it again it has to be opened again (DIP-5). What is closed stays closed. */
export async function closeService(ctx: Context, account: string): Promise<IpServiceView> {
  await changeIps(ctx, account, async () => {
    // In this order: an IP that is allocated after the second question moves the record that the first one read.
    const service = await findService(ctx, account)
    if (service?.state !== 'open') return null
    const endings = await Promise.all((await activeIps(ctx, account)).map((one) => ended(ctx, one)))
    return [updateRecord(service, { state: 'closed', data: { closedAt: ctx.clock.now() } }), ...endings.flat()]
  })
  return serviceView(ctx, account)
}

async function ended(ctx: Context, one: Stored<'dedicated-ip'>): Promise<readonly Change[]> {
  const { account, id, data } = one
  const now = ctx.clock.now()
  const today = todayOf(ctx, now)
  const pooled = await find(ctx, 'ip', POOL, poolId(data.ip))
  // Nothing was set aside for an IP without a price: there is nothing left to settle.
  const state = data.price > 0 ? 'ended' : 'settled'
  return [
    updateRecord(one, { state, data: { domains: [], until: today.day }, keys: [] }),
    ...data.domains.map((ref) => ({ type: 'hold', kind: 'domain', account, ref, by: id, on: false }) as const),
    ...(pooled ? [cooling(ctx, pooled, now, today)] : []),
  ]
}

/** Beyond its last day in any case: no day is ever billed to two. */
function cooling(ctx: Context, pooled: Stored<'ip'>, now: number, today: Today): Change {
  const coolUntil = Math.max(now + ctx.policy.ipCoolDownDays * DAY, today.end)
  return updateRecord(pooled, { state: 'cooling', data: { allocation: null, coolUntil } })
}
