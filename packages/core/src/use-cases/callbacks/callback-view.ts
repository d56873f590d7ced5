import type { Compat } from '../../domain/callback/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import type { Endpoint } from './endpoints.js'
import { openSecret } from './secrets.js'

export interface CallbackView {
  readonly id: string
  readonly level: 'account' | 'sender'
  /** The address it is for; null: the account's. */
  readonly sender: string | null
  readonly url: string
  readonly compat: Compat
  /** `gone`: it answered 410 and is told nothing until it is enabled or set again. */
  readonly state: 'active' | 'gone'
  readonly goneAt: Instant | null
  /** When it last answered a ping; null: it was saved by force. */
  readonly verifiedAt: Instant | null
  readonly createdAt: Instant
  readonly changedAt: Instant
  /** How many secrets sign now. */
  readonly secrets: number
}

/** What a call answers that may have made a secret; shown this once. */
export interface CallbackWithSecret extends CallbackView {
  /** null: it has kept the one it had. */
  readonly secret: string | null
}

export function callbackView({ id, state, createdAt, data }: Endpoint, now: Instant): CallbackView {
  const { sender, url, compat, goneAt, verifiedAt, changedAt, secrets } = data
  return {
    id,
    level: sender === null ? 'account' : 'sender',
    sender: sender?.address ?? null,
    url,
    compat,
    state,
    goneAt,
    verifiedAt,
    createdAt,
    changedAt,
    secrets: secrets.filter(({ until }) => until === null || until > now).length,
  }
}

/** As it is kept for repetitions of the call: the secret sealed, as everywhere at rest (ACC-4, T22). */
export interface SealedAnswer extends CallbackView {
  readonly sealed: string | null
}

export const shown = (ctx: Context, account: string, { sealed, ...view }: SealedAnswer): CallbackWithSecret => ({
  ...view,
  secret: sealed === null ? null : openSecret(ctx, { account, id: view.id }, sealed),
})
