import { z } from 'zod'
import { refSchema } from '../domains/domain-input.js'
import { pageSchema } from '../page-input.js'
import { scenarioSchema } from '../scenario-check.js'
import { tagFilterSchema, tagsSchema } from '../tags-input.js'

/** Addresses are compared in one spelling, whatever was given. */
const ip = z.string().min(1).max(100)

export const openIpsSchema = z.strictObject({
  /** That the operator's terms (`policy.ipTerms`) are agreed to. */
  agree: z.literal(true),
})
export type OpenIpsInput = Readonly<z.input<typeof openIpsSchema>>

export const recommendIpsSchema = z
  .array(z.strictObject({ /** Mails a second at the busiest time. */ qps: z.number().min(0).max(1_000_000) }))
  .min(1)
  .max(100)
export type RecommendIpsInput = readonly Readonly<z.input<typeof recommendIpsSchema>[number]>[]

export const applyIpsSchema = z.strictObject({
  count: z.int().min(1).max(100),
  /** Names or ids of the domains whose mail is to leave from them; one that is not verified yet sends nothing until it is. */
  domains: z.array(refSchema).min(1).max(100),
  /** Left out: that of the domains. */
  scenario: scenarioSchema.optional(),
  tags: tagsSchema.optional(),
  /** Also for domains of different scenarios (DIP-4). */
  force: z.boolean().default(false),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type ApplyIpsInput = Readonly<z.input<typeof applyIpsSchema>>

export const listIpsSchema = z.strictObject({
  ...pageSchema.shape,
  /** Name or id. */
  domain: refSchema.optional(),
  tag: tagFilterSchema.optional(),
})
export type ListIpsInput = Readonly<z.input<typeof listIpsSchema>>

export const assignIpSchema = z.strictObject({
  ip,
  /** Name or id. */
  domain: refSchema,
  /** Also when the domain is for another scenario (DIP-4). */
  force: z.boolean().default(false),
})
export type AssignIpInput = Readonly<z.input<typeof assignIpSchema>>

export const unassignIpSchema = z.strictObject({ ip, domain: refSchema })
export type UnassignIpInput = Readonly<z.input<typeof unassignIpSchema>>

export const ipSchema = ip

export const billIpsSchema = z.strictObject({
  /** Calendar month in `policy.timeZone`, such as 2026-11. */
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'a month such as 2026-11'),
  /** The value of one tag, such as `tag:team`. */
  groupBy: z
    .string()
    .regex(/^tag:./, 'tag: and the key of a tag, such as tag:team')
    .optional(),
})
export type BillIpsInput = Readonly<z.input<typeof billIpsSchema>>
