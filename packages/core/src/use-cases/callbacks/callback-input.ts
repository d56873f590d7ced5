import { z } from 'zod'
import { momentSchema } from '../moment-input.js'
import { pageSchema } from '../page-input.js'

const endpoint = {
  /** http or https, with one of `policy.callbackPorts` written out (CBK-2). */
  url: z.string(),
  /** Saves it though it does not answer. */
  force: z.boolean().default(false),
  /** `tencent`: numeric ids and the original's name for the custom header. Left out: as it is, `none` for a new one. */
  compat: z.enum(['none', 'tencent']).optional(),
  /** A secret of your own, `whsec_…`, for a receiver that checks signatures before it is saved. Left out: one is made. */
  secret: z.string().optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
}

export const setAccountCallbackSchema = z.strictObject(endpoint)
export type SetAccountCallbackInput = Readonly<z.input<typeof setAccountCallbackSchema>>

export const setSenderCallbackSchema = z.strictObject({
  /** Address or id of one of the account's senders. */
  sender: z.string().min(1).max(320),
  ...endpoint,
})
export type SetSenderCallbackInput = Readonly<z.input<typeof setSenderCallbackSchema>>

export const listCallbacksSchema = pageSchema
export type ListCallbacksInput = Readonly<z.input<typeof listCallbacksSchema>>

export const resolveCallbackSchema = z.strictObject({
  /** An address; left out: any sender without a callback of its own. */
  sender: z.string().min(1).max(320).optional(),
})
export type ResolveCallbackInput = Readonly<z.input<typeof resolveCallbackSchema>>

export const rotateSecretSchema = z.strictObject({
  id: z.string().min(1).max(100),
  secret: z.string().optional(),
  /** How long the former secret goes on signing beside the new one; 0 ends it at once. Left out: `policy.callbackSecretOverlapHours`. */
  overlapHours: z.int().min(0).max(720).optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type RotateSecretInput = Readonly<z.input<typeof rotateSecretSchema>>

export const enableCallbackSchema = z.strictObject({
  id: z.string().min(1).max(100),
  /** Enables it though it does not answer. */
  force: z.boolean().default(false),
})
export type EnableCallbackInput = Readonly<z.input<typeof enableCallbackSchema>>

export const attemptsSchema = z.strictObject({
  ...pageSchema.shape,
  /** Id of an endpoint. */
  callback: z.string().min(1).max(100).optional(),
  /** `parked`: events that are no longer tried by themselves and can be replayed. Left out: told and failed attempts. */
  state: z.enum(['told', 'failed', 'parked']).optional(),
  /** Id of a message. */
  message: z.string().min(1).max(100).optional(),
})
export type AttemptsInput = Readonly<z.input<typeof attemptsSchema>>

export const replaySchema = z.union([
  z.strictObject({
    /** Of a parked event. */
    id: z.string().min(1).max(120),
  }),
  z.strictObject({
    /** Events that happened in [from, to). Without an offset they are times of `policy.timeZone`. */
    from: momentSchema,
    to: momentSchema,
    /** Id of an endpoint; left out: all. */
    callback: z.string().min(1).max(100).optional(),
  }),
])
export type ReplayInput = Readonly<z.input<typeof replaySchema>>
