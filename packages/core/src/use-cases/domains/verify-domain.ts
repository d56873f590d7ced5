import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { domainByNameOrId } from './domain-lookup.js'
import { type DomainView, domainView } from './domain-view.js'
import { lookAtDomain } from './look-at-domain.js'

/** Asks DNS now, for whoever does not want to wait for the daily look (DOM-4). @throws NOT_FOUND, CORPORATE_MAIL */
export async function verifyDomain(ctx: Context, account: string, nameOrId: string): Promise<DomainView> {
  const look = await lookAtDomain(ctx, await domainByNameOrId(ctx, account, nameOrId))
  if (!look) throw new MailError('NOT_FOUND', { kind: 'domain' })
  if (look.refused) throw new MailError('CORPORATE_MAIL', look.refused)
  return domainView(ctx, look.domain)
}
