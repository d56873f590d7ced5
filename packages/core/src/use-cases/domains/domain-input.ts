import { z } from 'zod'
import { pageSchema } from '../page-input.js'
import { scenarioSchema } from '../scenario-check.js'
import { tagFilterSchema, tagsSchema } from '../tags-input.js'

const dkimKind = z.enum(['rsa-1024', 'rsa-2048', 'rsa-dual', 'rsa-ed25519'])

export const createDomainSchema = z.strictObject({
  /** A host name below a public suffix, IDN allowed (DOM-1). */
  name: z.string().min(1).max(300),
  /** DOM-8 */
  dkim: dkimKind.default('rsa-2048'),
  /** DOM-10: verified without DNS. From code only, never over HTTP. */
  trust: z.literal('operator').optional(),
  /** What its mail is for (DIP-4). */
  scenario: scenarioSchema.optional(),
  tags: tagsSchema.optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type CreateDomainInput = Readonly<z.input<typeof createDomainSchema>>

export const rotateDkimSchema = z.strictObject({
  /** Left out: keys of the same kind. */
  keys: dkimKind.optional(),
  /** Takes back a rotation whose records are not in DNS yet. */
  cancel: z.boolean().default(false),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type RotateDkimInput = Readonly<z.input<typeof rotateDkimSchema>>

export const listDomainsSchema = z.strictObject({
  ...pageSchema.shape,
  state: z.enum(['pending', 'verified', 'lost']).optional(),
  tag: tagFilterSchema.optional(),
})
export type ListDomainsInput = Readonly<z.input<typeof listDomainsSchema>>

export const setDomainScenarioSchema = z.strictObject({
  /** null: for any mail. */
  scenario: scenarioSchema.nullable(),
  /** Also when its dedicated IPs are for another scenario. */
  force: z.boolean().default(false),
})
export type SetDomainScenarioInput = Readonly<z.input<typeof setDomainScenarioSchema>>

/** Domains, senders, templates and groups are addressed by name or id. */
export const refSchema = z.string().min(1).max(320)
