import { sendSchema } from '@mailwright/core'
import { z } from 'zod'
import { id, instant, list, name, scenarioWarning } from './common.js'

/** JSON has no bytes: an attachment has `contentBase64` (RFC 4648 §4), or `content` as text. */
export const sendBody = sendSchema.extend({
  attachments: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(255),
        contentBase64: z.string().optional(),
        content: z.string().optional(),
        contentType: z.string().max(255).optional(),
        cid: z.string().max(255).optional(),
      }),
    )
    .optional(),
})

export const sendAnswer = name(
  'SendAnswer',
  z.strictObject({
    requestId: id,
    messages: list(
      z.strictObject({
        id: id.nullable(),
        to: z.string(),
        role: z.enum(['to', 'cc', 'bcc']),
        state: z.enum(['accepted', 'refused']),
        refusal: z.strictObject({ code: z.string(), until: instant.nullable().optional() }).optional(),
      }),
    ),
    warnings: list(scenarioWarning),
    deferredGates: list(z.enum(['FREQUENCY_LIMIT', 'DOMAIN_BLOCKED_TODAY', 'DAILY_LIMIT'])).optional(),
  }),
)
