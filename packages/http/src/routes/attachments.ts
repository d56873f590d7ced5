import { MailError, type SendInput } from '@mailwright/core'

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** JSON has no bytes: an attachment over HTTP has `contentBase64` (RFC 4648 §4), or `content` as text. Anything else is left for core to judge. */
export function attachmentsFromBase64(input: SendInput): SendInput {
  const given: unknown = typeof input === 'object' && input !== null ? input.attachments : undefined
  if (!Array.isArray(given)) return input
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
