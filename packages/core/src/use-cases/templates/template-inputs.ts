import { z } from 'zod'
import { pageSchema } from '../page-input.js'

/** A string, or the bytes of an uploaded file in UTF-8. */
const content = z.union([z.string(), z.instanceof(Uint8Array)])
const ref = z.string().min(1).max(320)

export const createTemplateSchema = z.strictObject({
  /** Unique in the account. */
  name: z.string(),
  /** Left out: `html` if there is HTML. */
  type: z.enum(['html', 'text']).optional(),
  /** The default subject; that of a send or task wins (TPL-4). */
  subject: z.string().optional(),
  html: content.optional(),
  /** The body of a text template, or the text part beside HTML (TPL-6). */
  text: content.optional(),
  /** An uploaded file, of the kind that `type` says. */
  body: content.optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type CreateTemplateInput = Readonly<z.input<typeof createTemplateSchema>>

/** What is left out stays as it is; null removes the subject or the text part. */
export const updateTemplateSchema = z.strictObject({
  name: z.string().optional(),
  subject: z.string().nullable().optional(),
  html: content.optional(),
  text: content.nullable().optional(),
  body: content.optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type UpdateTemplateInput = Readonly<z.input<typeof updateTemplateSchema>>

export const listTemplatesSchema = z.strictObject({
  ...pageSchema.shape,
  /** By the review of the newest version. */
  review: z.enum(['approved', 'pending', 'rejected']).optional(),
})
export type ListTemplatesInput = Readonly<z.input<typeof listTemplatesSchema>>

const decided = {
  /** Name or id; its newest version, unless one is named. */
  template: ref,
  version: ref.optional(),
}

export const decideTemplateSchema = z.discriminatedUnion('state', [
  z.strictObject({ ...decided, state: z.literal('approved') }),
  z.strictObject({ ...decided, state: z.literal('rejected'), reason: z.string().min(1).max(1_000) }),
])
export type DecideTemplateInput = Readonly<z.input<typeof decideTemplateSchema>>

export const previewSchema = z.strictObject({
  /** Name or id of a stored template; its newest version unless one is named. Otherwise give `html` or `text`. */
  template: ref.optional(),
  version: ref.optional(),
  subject: z.string().optional(),
  html: content.optional(),
  text: content.optional(),
  /** For any of the variables; the others get made-up values. */
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})
export type PreviewTemplateInput = Readonly<z.input<typeof previewSchema>>
