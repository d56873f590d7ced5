import { z } from 'zod'
import { pageSchema } from '../page-input.js'

export const createGroupSchema = z.strictObject({
  /** Unique in the account. */
  name: z.string(),
  description: z.string().default(''),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type CreateGroupInput = Readonly<z.input<typeof createGroupSchema>>

export const importOptionsSchema = z.strictObject({
  /** `replace` puts the file's rows in place of the present ones, all at once (GRP-2). */
  mode: z.enum(['append', 'replace']).default('append'),
  /** The body that goes with it is the whole file. */
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type ImportOptions = Readonly<z.input<typeof importOptionsSchema>>

export const sampleCsvSchema = z.strictObject({
  /** Name or id of the template whose variables the file shall have. */
  template: z.string().min(1).max(320).optional(),
})
export type SampleCsvInput = Readonly<z.input<typeof sampleCsvSchema>>

export const listGroupsSchema = z.strictObject({
  ...pageSchema.shape,
  state: z.enum(['empty', 'importing', 'ready']).optional(),
})
export type ListGroupsInput = Readonly<z.input<typeof listGroupsSchema>>
