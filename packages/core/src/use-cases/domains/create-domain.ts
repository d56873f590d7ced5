import type { z } from 'zod'
import { type HostName, parseHostName } from '../../domain/address/index.js'
import { checklist, corporateMail, corporateMailQuestions, nextDomainState } from '../../domain/sender-domain/index.js'
import { newWarmUp } from '../../domain/warm-up/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import type { JsonObject } from '../../ports/rows.js'
import { openWarmUp, todayOf } from '../allowance.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { insertRecord } from '../stored.js'
import { tagsOf } from '../tags-input.js'
import type { createDomainSchema } from './domain-input.js'
import { claimKey, domainSlot, ownerKey, ownerOf } from './domain-lookup.js'
import { type DomainView, newDomainView } from './domain-view.js'
import { lookUp } from './look-up.js'
import { loseRivals } from './lose-rivals.js'
import { sealedKeys } from './sealed-keys.js'

/**
 * Claims a name and answers the checklist (DOM-1, DOM-2). A claim blocks nobody; to a name that another account has verified it is
 * `lost` from the start. Trusted by the operator it is verified at once (DOM-10).
 * @throws DOMAIN_NAME_INVALID, CORPORATE_MAIL, LIMIT_REACHED, ALREADY_EXISTS; DOMAIN_LOST for a trusted name that somebody owns.
 */
export async function createDomain(
  ctx: Context,
  account: string,
  input: z.output<typeof createDomainSchema>,
): Promise<DomainView> {
  return creating(ctx, 'domains.create', account, input, async (once) => {
    const now = ctx.clock.now()
    const host = parseHostName(input.name)
    const tags = tagsOf(ctx, input.tags)
    const trusted = input.trust === 'operator' || ctx.dev
    const warning = trusted ? null : await corporateWarning(ctx, host)
    const ownedByOther = (await ownerOf(ctx, host.ascii)) !== null
    const state = nextDomainState('pending', { passed: trusted, ownedByOther })
    if (trusted && state === 'lost') throw await ownOrLost(ctx, account, host.ascii)
    const id = ctx.ids.next('record')
    const keys = await sealedKeys(ctx, { account, domain: id, kind: input.dkim, state: 'active', now, used: [] })
    const record = {
      kind: 'domain' as const,
      account,
      id,
      parent: '',
      name: host.ascii,
      state,
      createdAt: now,
      data: {
        name: host.ascii,
        unicode: host.unicode,
        registrable: host.registrable,
        trust: trusted ? ('operator' as const) : ('dns' as const),
        keys,
        rows: checklist({ name: host.ascii, dns: ctx.dns, keys }),
        checkedAt: null,
        verifiedAt: trusted ? now : null,
        health: null,
        warning,
        scenario: input.scenario ?? null,
        tags,
      },
    }
    const claim = claimKey(account, host.ascii)
    const changes: Change[] = [
      insertRecord({ ...record, keys: trusted ? [claim, ownerKey(host.ascii)] : [claim] }),
      { type: 'slot', key: domainSlot(account), by: 1, limit: ctx.policy.domainsPerAccount },
      ...(trusted ? [openWarmUp(ctx, account, id, now)] : []),
    ]
    const warmUp = trusted ? { ...newWarmUp(todayOf(ctx, now).day), level: ctx.policy.startLevel } : null
    const answer = newDomainView(ctx, record, warmUp)
    await applyBundle(ctx, { guards: once(answer), changes }, (refusal) =>
      refusal.type === 'key-taken' && refusal.scope === '' ? 'DOMAIN_LOST' : undefined,
    )
    if (trusted) await loseRivals(ctx, host.ascii, id)
    return answer
  })
}

async function ownOrLost(ctx: Context, account: string, ascii: string): Promise<MailError> {
  const owner = await ownerOf(ctx, ascii)
  return new MailError(owner?.account === account ? 'ALREADY_EXISTS' : 'DOMAIN_LOST', { field: 'name' })
}

/** DOM-6 @throws CORPORATE_MAIL if the policy refuses such names. */
async function corporateWarning(ctx: Context, { ascii: name }: HostName): Promise<JsonObject | null> {
  const conflict = corporateMail({ name, dns: ctx.dns }, await lookUp(ctx, corporateMailQuestions(name)))
  if (conflict && ctx.policy.corporateMail === 'refuse') throw new MailError('CORPORATE_MAIL', conflict)
  return conflict
}
