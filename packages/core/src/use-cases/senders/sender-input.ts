import { z } from 'zod'
import { pageSchema } from '../page-input.js'

export const createSenderSchema = z.strictObject({
  /** Prefix and one of the account's verified domains. */
  address: z.string().min(1).max(320),
  /** What people see beside the address. */
  name: z.string().optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type CreateSenderInput = Readonly<z.input<typeof createSenderSchema>>

export const listSendersSchema = z.strictObject({
  ...pageSchema.shape,
  /** Name or id of a domain. */
  domain: z.string().min(1).max(320).optional(),
})
export type ListSendersInput = Readonly<z.input<typeof listSendersSchema>>
