import type { Role } from '../../domain/access/index.js'
import type { Tags } from '../../domain/tags/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Stored } from '../stored.js'

/** Its id is the one in the key, its name what people call it. */
export interface ApiKeyData {
  /** SHA-256 of the whole key in base64url: all that is kept of it (T24). */
  readonly digest: string
  readonly role: Role
  readonly tags: Tags
  /** null: it works until it is revoked. */
  readonly expiresAt: Instant | null
  /** The start of the UTC day of its last use. */
  readonly usedOn: Instant | null
}

/** The unique key of a record, over all accounts: who asks has only the key. */
export const apiKeyKey = (id: string): string => `api-key:${id}`

export interface ApiKeyView {
  /** The part between `mw_` and the second `_` of the key. */
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tags: Tags
  readonly createdAt: Instant
  /** null: never. One that has expired stays listed, and counted, until it is revoked. */
  readonly expiresAt: Instant | null
  /** The start of the UTC day on which it was last used; null: not yet. */
  readonly lastUsedAt: Instant | null
}

/** What `create` answers: the only time that the key itself is shown. */
export interface NewApiKey extends Omit<ApiKeyView, 'lastUsedAt'> {
  readonly key: string
}

export function apiKeyView({
  id,
  name,
  createdAt,
  data,
}: Pick<Stored<'api-key'>, 'id' | 'name' | 'createdAt' | 'data'>): ApiKeyView {
  const { role, tags, expiresAt, usedOn } = data
  return { id, name, role, tags, createdAt, expiresAt, lastUsedAt: usedOn }
}
