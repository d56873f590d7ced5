import { MailError, type SendInput } from '@mailwright/core'
import type { z } from 'zod'
import type { sendBody } from '../schemas/send.js'

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Gives core the bytes of `contentBase64`. Anything else is left for core to judge. */
export function attachmentsFromBase64(input: z.input<typeof sendBody>): SendInput {
  const given: unknown = typeof input === 'object' && input !== null ? input.attachments : undefined
  if (!Array.isArray(given)) return input as SendInput
  return { ...input, attachments: given.map((one: unknown, at) => decoded(one, at)) as SendInput['attachments'] & {} }
}

function decoded(attachment: unknown, at: number): unknown {
  if (typeof attachment !== 'object' || attachment === null || !('contentBase64' in attachment)) return attachment
  const { contentBase64, ...rest } = attachment
  const sound = typeof contentBase64 === 'string' && contentBase64.length % 4 === 0 && BASE64.test(contentBase64)
  if (!sound || 'content' in rest) {
    throw new MailError('ATTACHMENT_INVALID', {
      field: `attachments.${at}.contentBase64`,
      expected: sound ? 'contentBase64 or content, not both' : 'base64 with padding and without line breaks',
    })
  }
  return { ...rest, content: Buffer.from(contentBase64, 'base64') }
}
