import {
  type CorporateMail,
  corporateMail,
  corporateMailQuestions,
  type DnsFact,
  judge,
  nextDomainState,
  verdict,
} from '../../domain/sender-domain/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { JsonObject } from '../../ports/rows.js'
import { openWarmUp } from '../allowance.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { type Stored, updateRecord } from '../stored.js'
import { claimKey, domainByNameOrId, ownerKey, ownerOf } from './domain-lookup.js'
import { type DomainView, domainView } from './domain-view.js'
import { lookUp } from './look-up.js'
import { loseRivals } from './lose-rivals.js'

/**
 * Asks DNS now and stores what each row holds (DOM-4). Of several accounts that pass, one becomes the owner and the others lose (DOM-1).
 * What is verified stays verified, whatever DNS says.
 * @throws NOT_FOUND, CORPORATE_MAIL
 */
export async function verifyDomain(ctx: Context, account: string, nameOrId: string): Promise<DomainView> {
  const asked = await domainByNameOrId(ctx, account, nameOrId)
  const facts = await lookUp(ctx, [...asked.data.rows, ...corporateMailQuestions(asked.data.name)])
  for (let domain = asked; ; domain = await domainByNameOrId(ctx, account, asked.id)) {
    const look = await judged(ctx, domain, facts)
    const result = await tryBundle(ctx, { guards: [], changes: look.changes })
    if (!result.applied) {
      // A rival was faster, with the name or with this record: decide again on what is true now.
      if (result.refusal.type === 'key-taken' || result.refusal.type === 'version') continue
      throw refusalError(result.refusal)
    }
    if (look.refused) throw new MailError('CORPORATE_MAIL', look.refused)
    if (look.won) await loseRivals(ctx, domain.data.name, domain.id)
    return domainView(ctx, await domainByNameOrId(ctx, account, domain.id))
  }
}

async function judged(ctx: Context, domain: Stored<'domain'>, facts: readonly DnsFact[]) {
  const { name } = domain.data
  const now = ctx.clock.now()
  const rows = judge(domain.data.rows, facts)
  const conflict = corporateMail({ name, dns: ctx.dns }, facts)
  const refused = conflict && domain.state !== 'verified' && ctx.policy.corporateMail === 'refuse' ? conflict : null
  const owner = await ownerOf(ctx, name)
  const ownedByOther = owner !== null && owner.id !== domain.id
  const state = nextDomainState(domain.state, { passed: verdict(rows).passed && !refused, ownedByOther })
  const won = state === 'verified' && domain.state !== 'verified'
  const data = {
    rows,
    checkedAt: now,
    warning: warningAfter(domain, conflict, facts),
    ...(won ? { verifiedAt: now } : {}),
  }
  const keys = won ? { keys: [claimKey(domain.account, name), ownerKey(name)] } : {}
  const put = updateRecord(domain, { state, data, ...keys })
  return { changes: won ? [put, openWarmUp(ctx, domain.account, domain.id, now)] : [put], won, refused }
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
