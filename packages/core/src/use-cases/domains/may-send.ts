import { maySend } from '../../domain/sender-domain/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { find, type Stored } from '../stored.js'

/** Why nothing may be sent from the domain now; null: it may (TRG-5, DOM-9). */
export function domainRefusal(
  { policy }: Pick<Context, 'policy'>,
  { id, state, data }: Pick<Stored<'domain'>, 'id' | 'state' | 'data'>,
): MailError | null {
  if (state === 'lost') return new MailError('DOMAIN_LOST', { domain: id })
  const health = data.health ?? { state: 'healthy' }
  if (maySend({ state, health, strictRecheck: policy.strictRecheck })) return null
  if (health.state !== 'failing') return new MailError('DOMAIN_NOT_VERIFIED', { domain: id })
  const { since, purposes: failing } = health
  return new MailError('DOMAIN_NOT_VERIFIED', { domain: id, reason: 'dns-failing', failing, since })
}

/** Under `strictRecheck`, whether DNS keeps a verified domain from sending (DOM-9); else nothing is read. */
export async function isHeldByDns(ctx: Context, account: string, id: string): Promise<boolean> {
  if (!ctx.policy.strictRecheck) return false
  const domain = await find(ctx, 'domain', account, id)
  return domain !== null && domainRefusal(ctx, domain) !== null
}
