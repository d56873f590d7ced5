import type { Scenario } from '../../domain/dedicated-ip/index.js'
import type { DkimAlgorithm, KeyStanding } from '../../domain/dkim-key/index.js'
import type { CorporateMail, DnsPurpose, DnsRow, DomainState } from '../../domain/sender-domain/index.js'
import type { Tags } from '../../domain/tags/index.js'
import { warnsOfInvalid } from '../../domain/task/index.js'
import { limitToday, type WarmUp } from '../../domain/warm-up/index.js'
import type { Instant } from '../../ports/clock.js'
import { allowanceOf, todayOf } from '../allowance.js'
import type { Context } from '../context.js'
import type { DomainData, Stored } from '../stored.js'
import { recentCounts } from './recent-counts.js'

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

/** What the last definite answer of DNS said about the rows that are required. */
export interface DomainHealthView {
  readonly ok: boolean
  readonly failing: readonly DnsPurpose[]
  /** When the first row of this failure was seen failing. */
  readonly since: Instant | null
}

export type DomainWarning =
  /** The name is already used for corporate mail: what conflicts, and a subdomain to use instead (DOM-6). */
  | ({ readonly type: 'corporate-mail' } & CorporateMail)
  /** From 3 % on of what was settled in the last `policy.recentDays` days went to addresses that do not exist (TSK-13). */
  | { readonly type: 'invalid-rate'; readonly invalid: number; readonly of: number }

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
  /** Those `active` sign; those `publishing` wait for their record; the record of one that is `retiring` must stay until `retiresAt` (DOM-8). */
  readonly dkim: readonly (KeyStanding & { readonly algorithm: DkimAlgorithm })[]
  /** Of a verified domain, unless the operator trusts it without DNS (DOM-9). */
  readonly health: DomainHealthView | null
  /** Advice: none of it stops a mail. */
  readonly warnings: readonly DomainWarning[]
  /** What its mail is for; null: not said (DIP-4). */
  readonly scenario: Scenario | null
  readonly tags: Tags
  readonly createdAt: Instant
  readonly checkedAt: Instant | null
  readonly verifiedAt: Instant | null
  /** null unless verified. */
  readonly allowance: DomainAllowance | null
}

export async function domainView(ctx: Context, domain: Stored<'domain'>): Promise<DomainView> {
  if (domain.state !== 'verified') return viewWith(domain, null)
  const today = todayOf(ctx, ctx.clock.now())
  const [{ warmUp, ceiling, granted, blocked }, { invalid, settled }] = await Promise.all([
    allowanceOf(ctx, domain.account, domain.id, today),
    recentCounts(ctx, domain.account, domain.id, today),
  ])
  const warnings = warnsOfInvalid(invalid, settled) ? [{ type: 'invalid-rate' as const, invalid, of: settled }] : []
  const { level } = warmUp
  const allowance = { level, dailyLimit: ceiling, usedToday: granted, blockedToday: blocked, until: today.end }
  return viewWith(domain, allowance, warnings)
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
  rateWarnings: readonly DomainWarning[] = [],
): DomainView {
  const { name, unicode, trust, rows, keys, warning, scenario, tags, checkedAt, verifiedAt } = data
  const dkim = keys.map(({ publicValue: _, sealed: __, ...key }) => key)
  const corporate = warning && ({ type: 'corporate-mail', ...(warning as unknown as CorporateMail) } as const)
  const warnings = [...(corporate ? [corporate] : []), ...rateWarnings]
  const seen = { createdAt, checkedAt, verifiedAt, allowance }
  return { id, name, unicode, state, trust, rows, dkim, health: healthView(data), warnings, scenario, tags, ...seen }
}

function healthView({ health }: DomainData): DomainHealthView | null {
  if (health === null) return null
  return health.state === 'failing'
    ? { ok: false, failing: health.purposes, since: health.since }
    : { ok: true, failing: [], since: null }
}
