import type { Instant } from '../../ports/clock.js'
import type { Work } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { find } from '../stored.js'
import { nextLookAt } from './check-work.js'
import { lookAtDomain } from './look-at-domain.js'

/** The daily look at a verified domain (DOM-9), and those that a rotation needs (DOM-8). It ends with the domain. */
export async function checkDomain(ctx: Context, { account, parent }: Work): Promise<Instant | null> {
  const domain = await find(ctx, 'domain', account, parent)
  if (domain?.state !== 'verified') return null
  const look = await lookAtDomain(ctx, domain)
  return look && nextLookAt(ctx, parent, look.domain.data, ctx.clock.now())
}
