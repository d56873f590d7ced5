import { z } from 'zod'
import { SINGLE_SCENARIO } from '../../domain/dedicated-ip/index.js'
import { type ScenarioWarning, scenarioSchema } from '../scenario-check.js'
import { unsubscribeSchema } from '../unsubscribe-choice.js'

const value = z.union([z.string(), z.number(), z.boolean()])
const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? [given] : given))

export const attachmentSchema = z.strictObject({
  name: z.string().min(1).max(255),
  /** Bytes, or a string that is sent as UTF-8. */
  content: z.union([z.custom<Uint8Array>((given) => given instanceof Uint8Array, 'bytes, or a string'), z.string()]),
  contentType: z.string().max(255).optional(),
  /** Makes it an inline image that the HTML refers to as `cid:…`. */
  cid: z.string().max(255).optional(),
})

const content = {
  /** `Name <local@domain>` or a bare address; one of the account's senders. */
  from: z.string(),
  subject: z.string().optional(),
  /** Name or id. */
  template: z.string().optional(),
  variables: z.record(z.string(), value).default({}),
  idempotencyKey: z.string().min(1).max(255).optional(),
  validForSeconds: z.int().min(1).optional(),
  /** DIP-4; left out: transactional. */
  scenario: scenarioSchema.default(SINGLE_SCENARIO),
  /** Off unless set (TRG-4). */
  unsubscribe: unsubscribeSchema,
}

export const sendSchema = z.strictObject({
  ...content,
  /** One address per string: a string is never split. */
  to: oneOrMore.default([]),
  cc: oneOrMore.default([]),
  bcc: oneOrMore.default([]),
  /** Direct content, never parsed for variables. */
  html: z.string().optional(),
  text: z.string().optional(),
  replyTo: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  attachments: z.array(attachmentSchema).default([]),
})
export type SendInput = Readonly<z.input<typeof sendSchema>>

export const sendRegularSchema = z.strictObject({ ...content, template: z.string(), to: oneOrMore })
export type SendRegularInput = Readonly<z.input<typeof sendRegularSchema>>

/** What became of one recipient when the call was answered. */
export interface SentMessage {
  /** null: refused, nothing is stored of it. */
  readonly id: string | null
  readonly to: string
  readonly role: 'to' | 'cc' | 'bcc'
  readonly state: 'accepted' | 'refused'
  readonly refusal?: { readonly code: string; readonly until?: number | null }
}

export interface SendAnswer {
  readonly requestId: string
  readonly messages: readonly SentMessage[]
  readonly warnings: readonly ScenarioWarning[]
  /**
   * Only under `{ tx }`: what is asked when the mail is claimed, because the answer would lock what other sends wait for. Refused there, a mail is
   * `dropped` with that code.
   */
  readonly deferredGates?: readonly DeferredGate[]
}

export const DEFERRED_GATES = ['FREQUENCY_LIMIT', 'DOMAIN_BLOCKED_TODAY', 'DAILY_LIMIT'] as const
export type DeferredGate = (typeof DEFERRED_GATES)[number]
