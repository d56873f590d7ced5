import { z } from 'zod'
import { ROLES } from '../../domain/access/index.js'
import { momentSchema } from '../moment-input.js'
import { pageSchema } from '../page-input.js'
import { tagsSchema } from '../tags-input.js'

export const createApiKeySchema = z.strictObject({
  /** For people, to know it again by. */
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
  /** Whoever has the key reaches only what carries all of these (DIP-4); left out: the whole account. */
  tags: tagsSchema.optional(),
  /** In the future; without an offset a time of `policy.timeZone`. Left out: it works until it is revoked. */
  expiresAt: momentSchema.optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type CreateApiKeyInput = Readonly<z.input<typeof createApiKeySchema>>

export const listApiKeysSchema = pageSchema
export type ListApiKeysInput = Readonly<z.input<typeof listApiKeysSchema>>

export const authenticateOptionsSchema = z.strictObject({
  /** Where the key came from, such as the client's address. */
  from: z.string().max(200).optional(),
})
export type AuthenticateOptions = Readonly<z.input<typeof authenticateOptionsSchema>>
