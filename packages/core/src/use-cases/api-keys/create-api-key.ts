import type { z } from 'zod'
import { API_KEY_BYTES, apiKeyText } from '../../domain/access/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import { toBase32 } from '../base32.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { instantsOf } from '../moment-input.js'
import { insertRecord } from '../stored.js'
import { tagsOf } from '../tags-input.js'
import type { createApiKeySchema } from './api-key-input.js'
import { apiKeyKey, apiKeyView, type NewApiKey } from './api-key-records.js'
import { digestOf } from './digest.js'

export const apiKeySlot = (account: string): string => `api-keys:${account}`

/** As it is kept for repetitions under an idempotency key: the key sealed, as every secret that we must be able to tell again (ACC-4, T22). */
interface SealedApiKey extends Omit<NewApiKey, 'key'> {
  readonly sealed: string
}

/**
 * However many calls race, an account never has more than `policy.apiKeysPerAccount`.
 * @throws INPUT_INVALID, LIMIT_REACHED
 */
export async function createApiKey(
  ctx: Context,
  account: string,
  input: z.output<typeof createApiKeySchema>,
): Promise<NewApiKey> {
  const { sealed, ...made } = await creating<SealedApiKey>(ctx, 'apiKeys.create', account, input, async (once) => {
    const createdAt = ctx.clock.now()
    const { expiresAt = null } = instantsOf(input, ['expiresAt'], ctx.policy.timeZone)
    if (expiresAt !== null && expiresAt <= createdAt)
      throw new MailError('INPUT_INVALID', { field: 'expiresAt', expected: 'a time in the future' })
    const id = toBase32(ctx.ids.bytes(API_KEY_BYTES.id))
    const key = apiKeyText(id, toBase32(ctx.ids.bytes(API_KEY_BYTES.secret)))
    const { name, role } = input
    const tags = tagsOf(ctx, input.tags)
    const data = { digest: digestOf(key).toString('base64url'), role, tags, expiresAt, usedOn: null }
    const record = { kind: 'api-key', account, id, name, createdAt, data } as const
    const changes: Change[] = [
      insertRecord({ ...record, keys: [{ scope: '', key: apiKeyKey(id) }] }),
      { type: 'slot', key: apiKeySlot(account), by: 1, limit: ctx.policy.apiKeysPerAccount },
    ]
    const { lastUsedAt: _, ...view } = apiKeyView(record)
    const answer = { ...view, sealed: ctx.secrets.seal(key, belongsTo(account, id)) }
    await applyBundle(ctx, bundle(changes, once(answer)))
    return answer
  })
  return { ...made, key: ctx.secrets.open(sealed, belongsTo(account, made.id)) }
}

const belongsTo = (account: string, id: string): string => `api-key ${account} ${id}`
