import { z } from 'zod'
import { momentSchema } from '../moment-input.js'
import { pageSchema } from '../page-input.js'

const address = z.string().min(1).max(320)
const addresses = z.array(address).min(1).max(10_000)
const reason = z.string().max(300)

export const lookupSchema = z.union([address, z.array(address).min(1).max(1_000)])

export const addressesSchema = z.union([address.transform((one) => [one]), addresses])
/** One address or several. */
export type AddressesInput = string | readonly string[]

export const whitelistSchema = z.strictObject({
  addresses: addressesSchema,
  /** false takes the addresses off the whitelist. */
  on: z.boolean().default(true),
  reason: reason.optional(),
})
export type WhitelistInput = {
  readonly addresses: AddressesInput
  readonly on?: boolean | undefined
  readonly reason?: string | undefined
}

export const mineSchema = z.strictObject({
  ...pageSchema.shape,
  /** Part of an address, in lower case. */
  contains: z.string().max(320).optional(),
  status: z.enum(['active', 'expired']).optional(),
  /** Of the bounce: at or after, and before. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
})
export type MineInput = Readonly<z.input<typeof mineSchema>>

export const invalidListSchema = z.strictObject({
  ...pageSchema.shape,
  /** true: what this account has whitelisted; false: what its own sending has put on the list. */
  whitelisted: z.boolean().default(false),
})
export type InvalidListInput = Readonly<z.input<typeof invalidListSchema>>

export const addCustomSchema = z
  .strictObject({
    addresses: addresses.optional(),
    /** Whole domains, with or without `@` before them. */
    domains: addresses.optional(),
    /** Now, if left out. Without an offset, this and `endsAt` are times of `policy.timeZone`. */
    startsAt: momentSchema.optional(),
    /** No end, if left out. */
    endsAt: momentSchema.nullable().optional(),
    reason: reason.default(''),
    idempotencyKey: z.string().min(1).max(255).optional(),
  })
  .refine(({ addresses: some, domains }) => some !== undefined || domains !== undefined, {
    path: ['addresses'],
    message: 'addresses or domains',
  })
export type AddCustomInput = Omit<Readonly<z.input<typeof addCustomSchema>>, 'addresses' | 'domains'> & {
  readonly addresses?: readonly string[] | undefined
  readonly domains?: readonly string[] | undefined
}

export const modifyCustomSchema = z.strictObject({
  /** Addresses and domains on the list. */
  targets: addressesSchema,
  startsAt: momentSchema.optional(),
  /** In the past: lifts at once. null: no end. */
  endsAt: momentSchema.nullable().optional(),
  reason: reason.optional(),
})
export type ModifyCustomInput = Omit<Readonly<z.input<typeof modifyCustomSchema>>, 'targets'> & {
  readonly targets: AddressesInput
}

export const listCustomSchema = z.strictObject({
  ...pageSchema.shape,
  contains: z.string().max(320).optional(),
  status: z.enum(['coming', 'active', 'expired']).optional(),
})
export type ListCustomInput = Readonly<z.input<typeof listCustomSchema>>
