import { z } from 'zod'
import { ROLES, type Verb, verbs } from '../../domain/access/index.js'
import { type Code, codes } from '../../errors/codes.js'
import { momentSchema } from '../moment-input.js'
import { pageSchema } from '../page-input.js'

const verbSchema = z.enum(Object.keys(verbs) as Verb[])
const actorSchema = z.string().min(1).max(200)

export const listAuditSchema = z.strictObject({
  ...pageSchema.shape,
  /** Begun at or after, and before, these. Without an offset they are times of `policy.timeZone`. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  actor: actorSchema.optional(),
  verb: verbSchema.optional(),
})
export type ListAuditInput = Readonly<z.input<typeof listAuditSchema>>

export const beginAuditSchema = z.strictObject({
  /** Who it is; null: the host did not say. */
  actor: actorSchema.nullable(),
  role: z.enum(ROLES),
  verb: verbSchema,
  /** The named segments of the path. Of addresses and API keys only what tells nothing is kept. */
  target: z.record(z.string(), z.string()),
  /** What the caller names its request by; what is no plain name is not kept. */
  requestId: z.string().nullish(),
})
export type BeginAuditInput = Readonly<z.input<typeof beginAuditSchema>>

export const auditOutcomeSchema = z.enum(['done', ...(Object.keys(codes) as Code[])])
