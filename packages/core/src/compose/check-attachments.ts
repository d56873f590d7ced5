import { MailError } from '../errors/mail-error.js'
import { executableKinds, mediaTypes } from './attachment-kinds.js'

export const ATTACHMENTS_MAX = 10
/** Octets of all attachments together, before encoding. */
export const ATTACHMENTS_SIZE_MAX = 4 * 1_048_576

export interface AttachmentInput {
  readonly name: string
  /** Bytes, or a string that is sent as UTF-8. */
  readonly content: Uint8Array | string
  readonly contentType?: string | null | undefined
  /** Makes it an inline image that the HTML names as `cid:…`. */
  readonly cid?: string | null | undefined
}

/** A checked attachment in a form that can be stored as JSON. */
export interface Attachment {
  readonly name: string
  readonly contentType: string
  readonly cid: string | null
  /** Without line ends. */
  readonly base64: string
}

type Refuse = (reason: string, more?: Readonly<Record<string, unknown>>) => MailError

/**
 * TRG-1: at most 10, 4 MiB together; names without `? \ * | " < > : /`, executable kinds refused.
 * @throws ATTACHMENT_INVALID with the position and the rule
 */
export function checkAttachments(attachments: readonly AttachmentInput[]): readonly Attachment[] {
  if (attachments.length > ATTACHMENTS_MAX)
    throw new MailError('ATTACHMENT_INVALID', { reason: 'too-many', maximum: ATTACHMENTS_MAX })
  let size = 0
  const cids = new Set<string>()
  return attachments.map(({ name, content, contentType, cid }, index): Attachment => {
    const refuse: Refuse = (reason, more = {}) =>
      new MailError('ATTACHMENT_INVALID', { field: `attachments.${index}`, reason, ...more })
    size += typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
    if (size > ATTACHMENTS_SIZE_MAX)
      throw refuse('too-large', { maximum: ATTACHMENTS_SIZE_MAX, unit: 'octets together' })
    const ending = checkName(name, refuse)
    const type = contentType || (mediaTypes.get(ending) ?? 'application/octet-stream')
    // multipart/* and message/* would bring a structure of their own into ours.
    if (!/^(?:application|audio|font|image|model|text|video)\/[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}$/i.test(type)) {
      throw refuse('content-type', { expected: 'type/subtype without parameters', nearest: 'application/octet-stream' })
    }
    if (cid && (!/^[A-Za-z0-9][A-Za-z0-9.@_+-]{0,127}$/.test(cid) || cids.has(cid))) {
      throw refuse(cids.has(cid) ? 'cid-repeated' : 'cid', { expected: 'letters, digits and . @ _ + -, each once' })
    }
    if (cid) cids.add(cid)
    const bytes =
      typeof content === 'string'
        ? Buffer.from(content, 'utf8')
        : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    return { name, contentType: type, cid: cid || null, base64: bytes.toString('base64') }
  })
}

/** The file name's ending in lower case. Trailing dots and spaces count as absent, as they do for Windows. */
function checkName(name: string, refuse: Refuse): string {
  if (name.trim() === '' || name.length > 255) throw refuse('name-length', { maximum: 255 })
  if (/[?\\*|"<>:/]/.test(name)) throw refuse('name-character', { forbidden: '? \\ * | " < > : /' })
  // Controls, and the marks that turn the reading direction: `cod.exe` can be made to look like `exe.doc`.
  if (/[\p{Cc}\p{Surrogate}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name))
    throw refuse('name-control-character')
  const bare = name.replace(/[. ]+$/, '')
  const ending = bare.includes('.') ? bare.slice(bare.lastIndexOf('.') + 1).toLowerCase() : ''
  if (executableKinds.has(ending.normalize('NFKC').trim())) throw refuse('executable', { kind: ending })
  return ending
}
