import type { DnsRow, DomainState } from '../../domain/sender-domain/index.js'
import { limitToday, type WarmUp } from '../../domain/warm-up/index.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject } from '../../ports/rows.js'
import { allowanceOf, todayOf } from '../allowance.js'
import type { Context } from '../context.js'
import type { Stored } from '../stored.js'

/** What a verified domain may send today (TSK-6, TSK-7). */
export interface DomainAllowance {
  readonly level: number
  readonly dailyLimit: number
  /** Granted today: handed over, or on its way. */
  readonly usedToday: number
  readonly blockedToday: boolean
  /** When the next day starts. */
  readonly until: Instant
}

/** A sender domain as its account sees it. No private key ever leaves the storage. */
export interface DomainView {
  readonly id: string
  /** Lower-case A-label. */
  readonly name: string
  /** For people. */
  readonly unicode: string
  readonly state: DomainState
  /** `operator`: verified from code, without DNS (DOM-10). */
  readonly trust: 'dns' | 'operator'
  /** The checklist (DOM-2). */
  readonly rows: readonly DnsRow[]
  readonly dkim: readonly { readonly selector: string; readonly algorithm: string }[]
  /** The name is already used for corporate mail: what conflicts, and a subdomain to use instead (DOM-6). */
  readonly warning: JsonObject | null
  readonly createdAt: Instant
  readonly checkedAt: Instant | null
  readonly verifiedAt: Instant | null
  /** null unless verified. */
  readonly allowance: DomainAllowance | null
}

export async function domainView(ctx: Context, domain: Stored<'domain'>): Promise<DomainView> {
  if (domain.state !== 'verified') return viewWith(domain, null)
  const today = todayOf(ctx, ctx.clock.now())
  const { warmUp, ceiling, granted, blocked } = await allowanceOf(ctx, domain.account, domain.id, today)
  const { level } = warmUp
  return viewWith(domain, {
    level,
    dailyLimit: ceiling,
    usedToday: granted,
    blockedToday: blocked,
    until: today.end,
  })
}

/** The view of a domain verified in this very moment, before it is stored. */
export function newDomainView(
  ctx: Context,
  domain: Omit<Stored<'domain'>, 'version'>,
  warmUp: WarmUp | null,
): DomainView {
  if (!warmUp) return viewWith(domain, null)
  const { end: until } = todayOf(ctx, ctx.clock.now())
  const { level } = warmUp
  return viewWith(domain, { level, dailyLimit: limitToday(warmUp), usedToday: 0, blockedToday: false, until })
}

function viewWith(
  { id, state, createdAt, data }: Omit<Stored<'domain'>, 'version'>,
  allowance: DomainAllowance | null,
): DomainView {
  const { name, unicode, trust, rows, keys, warning, checkedAt, verifiedAt } = data
  const dkim = keys.map(({ selector, algorithm }) => ({ selector, algorithm }))
  return { id, name, unicode, state, trust, rows, dkim, warning, createdAt, checkedAt, verifiedAt, allowance }
}
