import { z } from 'zod'
import { pageSchema } from '../page-input.js'

export const createDomainSchema = z.strictObject({
  /** A host name below a public suffix, IDN allowed (DOM-1). */
  name: z.string().min(1).max(300),
  /** DOM-8 */
  dkim: z.enum(['rsa-1024', 'rsa-2048', 'rsa-dual', 'rsa-ed25519']).default('rsa-2048'),
  /** DOM-10: verified without DNS. From code only, never over HTTP. */
  trust: z.literal('operator').optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type CreateDomainInput = Readonly<z.input<typeof createDomainSchema>>

export const listDomainsSchema = z.strictObject({
  ...pageSchema.shape,
  state: z.enum(['pending', 'verified', 'lost']).optional(),
})
export type ListDomainsInput = Readonly<z.input<typeof listDomainsSchema>>

/** Domains, senders, templates and groups are addressed by name or id. */
export const refSchema = z.string().min(1).max(320)
