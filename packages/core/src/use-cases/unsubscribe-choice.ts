import { z } from 'zod'
import { UNSUBSCRIBE_LANGUAGES, type UnsubscribeLanguage } from '../domain/tracking/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Context } from './context.js'

/** true: a visible unsubscribe link in the policy's language, where the mail has none of its own; or a language by name (TRG-4). */
export const unsubscribeSchema = z.union([z.boolean(), z.enum(UNSUBSCRIBE_LANGUAGES)]).optional()

/**
 * The language of the visible link, or null for none. `byDefault`: on for batch, off for trigger and regular mail (TRG-4).
 * @throws PUBLIC_URL_REQUIRED if it was asked for and there is nowhere to lead to; mail that only has it by default goes without
 */
export function unsubscribeLanguage(
  ctx: Pick<Context, 'policy' | 'publicUrl'>,
  asked: z.output<typeof unsubscribeSchema>,
  byDefault: boolean,
): UnsubscribeLanguage | null {
  const wanted = asked ?? byDefault
  if (wanted === false) return null
  if (ctx.publicUrl === null && asked !== undefined)
    throw new MailError('PUBLIC_URL_REQUIRED', { field: 'publicUrl', neededBy: 'unsubscribe' })
  return wanted === true ? ctx.policy.unsubscribeLanguage : wanted
}
