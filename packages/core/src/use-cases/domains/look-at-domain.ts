import { keysAfterLook } from '../../domain/dkim-key/index.js'
import {
  type CorporateMail,
  corporateMail,
  corporateMailQuestions,
  type DnsFact,
  type DnsRow,
  type DomainHealth,
  dkimRecordName,
  healthAfter,
  judge,
  nextDomainState,
  renewDkimRows,
  verdict,
} from '../../domain/sender-domain/index.js'
import type { Change, Refusal } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject } from '../../ports/rows.js'
import { openWarmUp } from '../allowance.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { pumpRing } from '../pump-ring.js'
import { find, type Stored, type StoredDkimKey, updateRecord } from '../stored.js'
import { checkWork } from './check-work.js'
import { claimKey, ownerKey, ownerOf } from './domain-lookup.js'
import { lookUp } from './look-up.js'
import { loseRivals } from './lose-rivals.js'

const DAY = 86_400_000
const HEALTHY: DomainHealth = { state: 'healthy' }
const RIVALRY: ReadonlySet<Refusal['type']> = new Set(['key-taken', 'version', 'absent'])

export interface Look {
  /** As it is stored now. */
  readonly domain: Stored<'domain'>
  /** Why it was not verified although DNS passes (DOM-6). */
  readonly refused: CorporateMail | null
}

/**
 * Asks DNS now and stores what each row holds (DOM-4), and with it what follows: of several accounts that pass, one becomes the owner and the others lose
 * (DOM-1); a rotation goes on (DOM-8); the health of what is verified (DOM-9). What is verified stays so, whatever DNS says. null: deleted meanwhile.
 */
export async function lookAtDomain(ctx: Context, asked: Stored<'domain'>): Promise<Look | null> {
  const facts = await lookUp(ctx, [...asked.data.rows, ...corporateMailQuestions(asked.data.name)])
  for (
    let domain: Stored<'domain'> | null = asked;
    domain;
    domain = await find(ctx, 'domain', asked.account, asked.id)
  ) {
    const look = await judged(ctx, domain, facts)
    const result = await tryBundle(ctx, { guards: [], changes: look.changes })
    if (result.applied) {
      if (look.won) await loseRivals(ctx, domain.data.name, domain.id)
      tellHealth(ctx, domain, look.data.health)
      return {
        domain: { ...domain, version: domain.version + 1, state: look.state, data: look.data },
        refused: look.refused,
      }
    }
    // A rival was faster, with the name or with this record, which may be gone: decide again on what is true now.
    if (!RIVALRY.has(result.refusal.type)) throw refusalError(result.refusal)
  }
  return null
}

async function judged(ctx: Context, domain: Stored<'domain'>, facts: readonly DnsFact[]) {
  const { account, id } = domain
  const { name, trust } = domain.data
  const now = ctx.clock.now()
  const seen = judge(domain.data.rows, facts)
  const conflict = corporateMail({ name, dns: ctx.dns }, facts)
  const refused = conflict && domain.state !== 'verified' && ctx.policy.corporateMail === 'refuse' ? conflict : null
  const owner = await ownerOf(ctx, name)
  const ownedByOther = owner !== null && owner.id !== id
  const state = nextDomainState(domain.state, { passed: verdict(seen).passed && !refused, ownedByOther })
  const won = state === 'verified' && domain.state !== 'verified'
  const keys = keysOf(ctx, domain, seen, now)
  const rows = renewDkimRows(seen, { name, dns: ctx.dns, keys })
  const watched = state === 'verified' && trust === 'dns'
  const health = watched ? healthAfter(domain.data.health ?? HEALTHY, rows, now) : null
  const data = {
    ...domain.data,
    keys,
    rows,
    health,
    checkedAt: now,
    warning: warningAfter(domain, conflict, facts),
    ...(won ? { verifiedAt: now } : {}),
  }
  const put = updateRecord(domain, { state, data, ...(won ? { keys: [claimKey(account, name), ownerKey(name)] } : {}) })
  const opened = [openWarmUp(ctx, account, id, now), checkWork(ctx, { ...domain, data }, now)]
  const changes: Change[] = [put, ...(won ? opened : []), ...strictChanges(ctx, domain, health, now)]
  return { changes, data, state, won, refused }
}

/** Of a domain that is not verified all keys sign from the start; there is nothing to change over. */
function keysOf(ctx: Context, { data }: Stored<'domain'>, rows: readonly DnsRow[], now: Instant) {
  const names = new Set(
    rows.flatMap(({ purpose, status, name }) => (purpose === 'dkim' && status === 'passed' ? [name] : [])),
  )
  const passed = new Set(
    data.keys.flatMap(({ selector }) => (names.has(dkimRecordName(selector, data.name)) ? [selector] : [])),
  )
  const after = keysAfterLook(data.keys, passed, { now, overlapMs: ctx.policy.dkimOverlapDays * DAY })
  return after.map((key): StoredDkimKey => (key.state === 'retired' ? { ...key, sealed: '' } : key))
}

/** Under `strictRecheck` batch mail stops and goes on with the domain's health, at once. */
function strictChanges(
  ctx: Context,
  { account, id, data }: Stored<'domain'>,
  health: DomainHealth | null,
  now: Instant,
): readonly Change[] {
  if (!ctx.policy.strictRecheck || health === null || health.state === (data.health ?? HEALTHY).state) return []
  return [{ type: 'epoch.bump', keys: [`domain:${id}`] }, pumpRing(account, id, now)]
}

function tellHealth(ctx: Context, { account, id, data }: Stored<'domain'>, health: DomainHealth | null): void {
  if (!health) return
  const failing = health.state === 'failing' ? health.purposes : []
  const before = data.health?.state === 'failing' ? data.health.purposes : []
  if (failing.length === before.length && failing.every((purpose) => before.includes(purpose))) return
  if (ctx.policy.strictRecheck) {
    ctx.bumped([`domain:${id}`])
    ctx.ring('pump')
  }
  const since = health.state === 'failing' ? health.since : null
  const ok = health.state === 'healthy'
  ctx.emit({ type: 'domain-health', account, domain: id, name: data.name, ok, failing, since, at: ctx.clock.now() })
}

/** DOM-6: a lookup that failed neither proves nor disproves a conflict seen before. */
function warningAfter(
  domain: Stored<'domain'>,
  conflict: CorporateMail | null,
  facts: readonly DnsFact[],
): JsonObject | null {
  const silent = facts.some(({ name, answer }) => name === domain.data.name && answer.type === 'unreachable')
  return conflict ?? (silent ? domain.data.warning : null)
}
