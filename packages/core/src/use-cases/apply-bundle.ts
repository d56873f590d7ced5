import type { Code } from '../errors/codes.js'
import { type ErrorDetails, MailError } from '../errors/mail-error.js'
import type { Bundle, BundleResult, Change, Guard, Outcome, Refusal } from '../ports/changes.js'
import type { Context } from './context.js'

/** What a refusal means to this caller: a code, its own error, or nothing special. */
export type Meaning = (refusal: Refusal) => MailError | Code | undefined

const byDefault = (refusal: Refusal): readonly [Code, ErrorDetails] => {
  switch (refusal.type) {
    case 'absent':
      return ['NOT_FOUND', { id: refusal.id }]
    case 'version':
    case 'lease-lost':
      return ['CHANGED_MEANWHILE', {}]
    case 'key-taken':
      return ['ALREADY_EXISTS', {}]
    case 'held':
      return ['IN_USE', { by: refusal.by }]
    case 'repeated':
      return ['IDEMPOTENCY_CONFLICT', {}]
    case 'slot-full':
      return ['LIMIT_REACHED', { limit: refusal.limit }]
    case 'window-full':
      return ['FREQUENCY_LIMIT', {}]
    case 'quota':
      return refusal.blocked
        ? ['DOMAIN_BLOCKED_TODAY', { day: refusal.day }]
        : ['DAILY_LIMIT', { day: refusal.day, limit: refusal.ceiling, granted: refusal.granted }]
    default:
      return refusal satisfies never
  }
}

export function refusalError(refusal: Refusal, meaning?: Meaning): MailError {
  const own = meaning?.(refusal)
  if (own instanceof MailError) return own
  const [code, details] = byDefault(refusal)
  return new MailError(own ?? code, details)
}

export const bundle = (changes: readonly Change[], guards: readonly Guard[] = []): Bundle => ({ guards, changes })

export async function tryBundle(ctx: Pick<Context, 'storage'>, one: Bundle): Promise<BundleResult> {
  const [result] = await ctx.storage.apply([one])
  if (!result) throw new MailError('ADAPTER_FAILED', { adapter: ctx.storage.name, operation: 'apply' })
  return result
}

/** Applies one bundle; a refusal is thrown as the error it means. */
export async function applyBundle(
  ctx: Pick<Context, 'storage'>,
  one: Bundle,
  meaning?: Meaning,
): Promise<readonly Outcome[]> {
  const result = await tryBundle(ctx, one)
  if (result.applied) return result.outcomes
  throw refusalError(result.refusal, meaning)
}
