import { MailError } from '../errors/mail-error.js'
import type { Guard } from '../ports/changes.js'
import type { Json } from '../ports/rows.js'
import { tryBundle } from './apply-bundle.js'
import { bodyHash } from './body-hash.js'
import type { Context } from './context.js'

const DAY = 86_400_000

/** An idempotency key with what it stands for: one verb, one account, one body (ACC-4). */
export interface Idempotency {
  readonly account: string
  readonly key: string
  readonly hash: string
}

/** null if the caller gave no key. */
export const idempotency = (
  verb: string,
  account: string,
  key: string | undefined,
  body: unknown,
): Idempotency | null => (key === undefined ? null : { account, key: `${verb}:${key}`, hash: bodyHash(body) })

export const onceGuard = (one: Idempotency | null, now: number, answer: unknown): readonly Guard[] =>
  one
    ? [
        {
          type: 'once',
          account: one.account,
          key: one.key,
          bodyHash: one.hash,
          now,
          until: now + DAY,
          answer: answer as Json,
        },
      ]
    : []

/**
 * Runs a creating call so that a repetition gets the first answer, also when it would be refused today. Throws IDEMPOTENCY_CONFLICT for another body.
 */
export async function withFirstAnswer<T>(ctx: Context, one: Idempotency | null, call: () => Promise<T>): Promise<T> {
  if (!one) return call()
  try {
    return await call()
  } catch (error) {
    const first = await firstAnswer(ctx, one)
    if (!first) throw error
    if (!first.sameBody) throw new MailError('IDEMPOTENCY_CONFLICT', {})
    return first.answer as unknown as T
  }
}

/** Asks without writing: the second guard refuses whatever the first lets pass. */
async function firstAnswer(ctx: Context, one: Idempotency) {
  const guards: Guard[] = [
    ...onceGuard(one, ctx.clock.now(), null),
    { type: 'present', kind: 'never', account: one.account, id: '' },
  ]
  const result = await tryBundle(ctx, { guards, changes: [] })
  return !result.applied && result.refusal.type === 'repeated' ? result.refusal : null
}
