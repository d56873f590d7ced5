import type { Instant } from '../../ports/clock.js'
import { resealCallbackSecrets } from '../callbacks/reseal-secrets.js'
import type { Context } from '../context.js'
import { resealKeys } from '../domains/reseal-keys.js'

export const RESEAL_CHORE = 'reseal'

const DAY = 86_400_000

/**
 * Seals anew, once a day, whatever is not sealed under the first secret, so that an older one may leave the list a day after a new one has come first
 * (DOM-8).
 */
export async function reseal(ctx: Context): Promise<Instant> {
  await resealKeys(ctx)
  await resealCallbackSecrets(ctx)
  return ctx.clock.now() + DAY
}
