import type { Verb } from '../domain/access/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Guard } from '../ports/changes.js'
import type { Json } from '../ports/rows.js'
import { tryBundle } from './apply-bundle.js'
import { bodyHash } from './body-hash.js'
import type { Context } from './context.js'

const HOUR = 3_600_000

/** Guards that let the bundle of a creating call through once, and keep what the call is about to answer. None if it has no key. */
export type Once<T> = (answer: T) => readonly Guard[]

/**
 * Runs a creating call under its idempotency key, if it has one (ACC-4): whoever repeats it, in whatever process, gets the first answer, also when
 * it would be refused today; with another body it is IDEMPOTENCY_CONFLICT. The call puts the guards of `once` into the bundle that makes the thing.
 */
export async function creating<T>(
  ctx: Context,
  verb: Verb,
  account: string,
  { idempotencyKey, ...body }: Readonly<Record<string, unknown>> & { readonly idempotencyKey?: string | undefined },
  call: (once: Once<T>) => Promise<T>,
): Promise<T> {
  const hash = idempotencyKey === undefined ? '' : bodyHash(body)
  return underKey(ctx, keyOf(verb, account, idempotencyKey), { hash: () => hash }, call)
}

/** An idempotency key of one verb and one account. */
export interface Keyed {
  readonly account: string
  readonly key: string
}

export const keyOf = (verb: Verb, account: string, idempotencyKey: string | undefined): Keyed | null =>
  idempotencyKey === undefined ? null : { account, key: `${verb}:${idempotencyKey}` }

/** What a call was given, as far as its key is concerned. */
export interface Body {
  hash(): string
  /** Reads what the call has left unread, so that the hash is that of the whole. */
  readonly readToEnd?: () => Promise<void>
}

/** As `creating`, for a body that the call itself reads. */
export async function underKey<T>(
  ctx: Context,
  keyed: Keyed | null,
  body: Body,
  call: (once: Once<T>) => Promise<T>,
): Promise<T> {
  if (!keyed) return call(() => [])
  try {
    return await call((answer) => [onceGuard(ctx, keyed, body.hash(), answer)])
  } catch (error) {
    if (body.readToEnd) {
      // Decided by one look: a rival that is done right after it must not be compared with half a body.
      if (!(await isUsed(ctx, keyed))) throw error
      await body.readToEnd()
    }
    const first = await firstAnswer(ctx, keyed, body.hash())
    if (!first) throw error
    if (!first.sameBody) throw new MailError('IDEMPOTENCY_CONFLICT', {})
    return first.answer as unknown as T
  }
}

/** Whether the key has been used, with whatever body. */
export const isUsed = async (ctx: Context, keyed: Keyed): Promise<boolean> =>
  (await firstAnswer(ctx, keyed, '')) !== null

function onceGuard(ctx: Context, { account, key }: Keyed, hash: string, answer: unknown): Guard {
  const now = ctx.clock.now()
  const until = now + ctx.policy.idempotencyHours * HOUR
  return { type: 'once', account, key, bodyHash: hash, now, until, answer: answer as Json }
}

/** Asks without writing: the second guard refuses whatever the first lets pass. */
async function firstAnswer(ctx: Context, keyed: Keyed, hash: string) {
  const guards: Guard[] = [
    onceGuard(ctx, keyed, hash, null),
    { type: 'present', kind: 'never', account: keyed.account, id: '' },
  ]
  const result = await tryBundle(ctx, { guards, changes: [] })
  return !result.applied && result.refusal.type === 'repeated' ? result.refusal : null
}
