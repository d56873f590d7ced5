import {
  type ApiKeyView,
  apiKeyView,
  type CreateApiKeyInput,
  createApiKey,
  createApiKeySchema,
  type ListApiKeysInput,
  listApiKeysSchema,
  type NewApiKey,
  revokeApiKey,
} from '../../use-cases/api-keys/index.js'
import type { Context } from '../../use-cases/context.js'
import { refSchema } from '../../use-cases/domains/index.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { typed } from '../../use-cases/stored.js'

/** Keys for hosts that have no sign-in of their own (ACC-3). Each belongs to one account and has a role in it; `mail.authenticate` says whose one is. */
export interface ApiKeysNamespace {
  /**
   * The key is shown this once; what is kept is its SHA-256. A repetition under the same idempotency key gets it again for `policy.idempotencyHours`, since its
   * first answer may have got lost: for so long it is also kept sealed under the service secret. @throws INPUT_INVALID, LIMIT_REACHED
   */
  create(input: CreateApiKeyInput): Promise<NewApiKey>
  /** Newest first. */
  list(input?: ListApiKeysInput): Promise<PageOf<ApiKeyView>>
  /** It opens nothing from here on in this process, and in others after five seconds at most. @throws NOT_FOUND */
  revoke(id: string): Promise<void>
}

export function apiKeysOf(ctx: Context, account: string): ApiKeysNamespace {
  return {
    create: async (input) => createApiKey(ctx, account, parseInput(createApiKeySchema, input)),
    async list(input = {}) {
      const { limit, cursor } = parseInput(listApiKeysSchema, input)
      const filter = { kind: 'api-key', account, order: 'newest', limit } as const
      const page = await ctx.storage.read.records({ ...filter, ...(cursor ? { cursor } : {}) })
      return { items: page.items.map((record) => apiKeyView(typed<'api-key'>(record))), next: page.next }
    },
    revoke: async (id) => revokeApiKey(ctx, account, parseInput(refSchema, id)),
  }
}
