import { z } from 'zod'
import { pageSchema } from '../page-input.js'

const address = z.string().min(1).max(320)
const domain = z.string().min(1).max(255)

export const listRejectsSchema = z.strictObject({
  ...pageSchema.shape,
  senderDomain: domain.optional(),
  /** Part of an address. */
  contains: z.string().max(320).optional(),
})
export type ListRejectsInput = Readonly<z.input<typeof listRejectsSchema>>

export const liftSchema = z.strictObject({
  address,
  senderDomain: domain,
  /** Why, and on whose word; it is kept. */
  reason: z.string().trim().min(1, 'why the block is lifted').max(300),
})
export type LiftInput = Readonly<z.input<typeof liftSchema>>

export const listLiftsSchema = z.strictObject({ ...pageSchema.shape, address: address.optional() })
export type ListLiftsInput = Readonly<z.input<typeof listLiftsSchema>>
