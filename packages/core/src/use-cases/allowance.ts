import { dayOf, dayStart, nextDayStart } from '../domain/calendar/index.js'
import { isBlockedToday, limitToday, newWarmUp, openDay, type WarmUp } from '../domain/warm-up/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Change } from '../ports/changes.js'
import type { Instant } from '../ports/clock.js'
import type { Context } from './context.js'
import { recent } from './lru.js'
import { find, insertRecord, type Stored } from './stored.js'

export const warmUpId = (domain: string): string => `warm-up:${domain}`

/** The calendar day in the policy's zone, and its bounds. */
export interface Today {
  readonly day: string
  readonly start: Instant
  readonly end: Instant
}

export function todayOf(ctx: Pick<Context, 'policy'>, now: Instant): Today {
  const zone = ctx.policy.timeZone
  const day = dayOf(now, zone)
  return { day, start: dayStart(day, zone), end: nextDayStart(now, zone) }
}

/** A newly verified domain starts at the lowest level, unless the operator's policy says otherwise (TSK-7). */
export const openWarmUp = (ctx: Context, account: string, domain: string, now: Instant): Change =>
  insertRecord({
    kind: 'warm-up',
    account,
    id: warmUpId(domain),
    parent: domain,
    createdAt: now,
    data: { ...newWarmUp(todayOf(ctx, now).day), level: ctx.policy.startLevel },
  })

export interface Allowance {
  readonly record: Stored<'warm-up'>
  /** The state as of today: a pending lowering has taken effect. */
  readonly warmUp: WarmUp
  readonly ceiling: number
  readonly granted: number
  /** What may still be granted today; 0 when blocked. */
  readonly available: number
  readonly blocked: boolean
  /** Something has been taken or set today, so that the ceiling is no longer the level's. */
  readonly isOpen: boolean
}

/** What the domain may still send today. The binding decision is `quota.take`; this says how much to ask for. */
export async function allowanceOf(ctx: Context, account: string, domain: string, today: Today): Promise<Allowance> {
  const [record, quota] = await Promise.all([
    find(ctx, 'warm-up', account, warmUpId(domain)),
    ctx.storage.read.quota({ scope: domain, day: today.day }),
  ])
  if (!record) throw new MailError('DOMAIN_NOT_VERIFIED', { domain })
  const warmUp = openDay(record.data, today.day)
  const ceiling = quota?.ceiling ?? limitToday(warmUp)
  const granted = quota?.granted ?? 0
  const blocked = quota?.blocked ?? isBlockedToday(warmUp)
  const available = blocked ? 0 : Math.max(0, ceiling - granted)
  return { record, warmUp, ceiling, granted, blocked, available, isOpen: quota !== null }
}

const openDays = recent<Context, number>(1_000)

/** The ceiling for a `quota.take`, which counts only while nobody has opened the day: of a day that is known to be open nothing is read. */
export async function openingCeiling(ctx: Context, account: string, domain: string, today: Today): Promise<number> {
  const key = JSON.stringify([domain, today.day])
  const known = openDays(ctx).of(key)
  if (known !== undefined) return known
  const { ceiling, isOpen } = await allowanceOf(ctx, account, domain, today)
  if (isOpen) openDays(ctx).keep(key, ceiling)
  return ceiling
}
