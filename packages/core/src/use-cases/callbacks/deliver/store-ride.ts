import { nextRetry } from '../../../domain/callback/index.js'
import type { Change, WorkRelease } from '../../../ports/changes.js'
import type { Instant } from '../../../ports/clock.js'
import type { Work } from '../../../ports/rows.js'
import { bundle, tryBundle } from '../../apply-bundle.js'
import type { Context } from '../../context.js'
import { insertRecord } from '../../stored.js'
import { type CallbackPart, partsIn, partsJson } from '../callback-records.js'
import { callbackWork } from '../callback-work.js'
import type { Failed, Ride } from './ride.js'
import type { SortedParts, Untold } from './sort-parts.js'

/** Asked again after this, until the lease is over. */
const AGAIN_MS = 500

/**
 * Ends a row's turn, in one bundle: told events are forgotten, failed ones become work of their own at their next time, what was not come to stays, and
 * what is for nobody or out of time is parked (CBK-4). All of it hangs on the lease: whoever has lost it leaves the row to the next holder, who
 * tells its events again under the same ids.
 */
export async function storeRide(ctx: Context, work: Work, sorted: SortedParts, ride: Ride): Promise<void> {
  const now = ctx.clock.now()
  const random = ctx.random()
  const retries = new Map<Instant, CallbackPart[]>()
  const parked: Untold[] = [...sorted.nobody]
  for (const failed of ride.failed) {
    const at = ride.gone ? null : retryAt(ctx, failed, now, random)
    if (at === null) parked.push({ part: tried(failed.part), why: failed.why })
    else retries.set(at, [...(retries.get(at) ?? []), tried(failed.part)])
  }
  const left: CallbackPart[] = []
  for (const part of ride.left) {
    if (ride.gone) parked.push({ part, why: 'endpoint gone' })
    else if (isOutOfTime(ctx, part, ride, now)) parked.push({ part, why: ride.why ?? 'endpoint rests' })
    else left.push(part)
  }
  const lease = { id: work.id, token: work.token ?? '' }
  const row = (endpoint: string, dueAt: Instant, parts: readonly CallbackPart[]) =>
    callbackWork({ key: ctx.ids.next('work'), account: work.account, endpoint, dueAt, ref: partsJson(parts) })
  const again = [...retries].map(([dueAt, parts]) => row(work.lane, dueAt, parts))
  const moved = [...sorted.elsewhere].map(([endpoint, parts]) => row(endpoint, now, parts))
  const changes: readonly Change[] = [
    left.length === 0
      ? { type: 'work.finish', items: [lease] }
      : { type: 'work.release', items: [{ ...lease, dueAt: Math.max(now, ride.restsUntil), ...rest(work, left) }] },
    ...(again.length + moved.length > 0 ? [{ type: 'work.put', items: [...again, ...moved] } as const] : []),
    ...(parked.length > 0 ? [park(ctx, work, sorted, parked, now)] : []),
  ]
  await applied(ctx, work, changes)
  if (moved.length > 0) ctx.ring('callback')
}

/** A row that is given back as it was is not written anew. */
const rest = (work: Work, left: readonly CallbackPart[]): Pick<WorkRelease, 'ref'> =>
  left.length === partsIn(work.ref).length ? {} : { ref: partsJson(left) }

const tried = (part: CallbackPart): CallbackPart => ({ ...part, tries: part.tries + 1 })

const retryAt = (ctx: Context, { part, retryAfterSeconds }: Failed, now: Instant, random: number): Instant | null =>
  nextRetry({ tries: part.tries + 1, now, since: part.since, retryAfterSeconds, random }, ctx.policy.callbackRetries)

/** It waited for an endpoint that rests until its time was over. */
const isOutOfTime = ({ policy }: Context, { since }: CallbackPart, { restsUntil }: Ride, now: Instant): boolean =>
  restsUntil > now && now >= since + policy.callbackRetries.giveUpAfterSeconds * 1_000

const park = (ctx: Context, work: Work, { endpoint }: SortedParts, parked: readonly Untold[], now: Instant): Change =>
  insertRecord({
    kind: 'parked-callbacks',
    account: work.account,
    id: ctx.ids.next('record'),
    parent: work.lane,
    createdAt: now,
    data: { url: endpoint?.data.url ?? null, parts: parked.map(({ part, why }, n) => ({ ...part, n, why })) },
  })

/** A storage that is away is asked until the lease is over; a commit whose answer was lost shows as a lease that is gone. */
async function applied(ctx: Context, work: Work, changes: readonly Change[]): Promise<void> {
  const held = { type: 'holder', work: work.id, token: work.token ?? '' } as const
  for (;;) {
    try {
      const result = await tryBundle(ctx, bundle(changes, [held]))
      if (!result.applied) ctx.logger.log('warn', 'callback-row-lost', { work: work.id, refusal: result.refusal.type })
      return
    } catch (error) {
      if (ctx.clock.now() >= (work.leaseUntil ?? 0)) throw error
      ctx.logger.log('warn', 'callback-row-waits', { work: work.id, error })
      await new Promise<void>((resolve) => ctx.after(AGAIN_MS, resolve))
    }
  }
}
