import { createHash } from 'node:crypto'
import type { MailTemplate } from '../domain/template/index.js'
import { attachmentPart } from './attachment-part.js'
import { writeTextPart } from './body-part.js'
import type { Attachment } from './check-attachments.js'
import type { SkeletonBuilder } from './skeleton.js'

export interface BodySource {
  readonly html: MailTemplate | null
  readonly text: MailTemplate | null
  readonly attachments: readonly Attachment[]
}

type Part = (out: SkeletonBuilder) => void

/** Writes the MIME tree: mixed(alternative(text, related(html, inline images)), attachments), each level only where it is needed. */
export function writeBody(out: SkeletonBuilder, { html, text, attachments }: BodySource): void {
  const boundary = boundaries({ html, text, attachments })
  const leaf =
    (template: MailTemplate): Part =>
    (builder) =>
      writeTextPart(builder, template)
  const file =
    (attachment: Attachment): Part =>
    (builder) =>
      builder.text(attachmentPart(attachment))
  const isInline = ({ cid }: Attachment): boolean => cid !== null && html !== null

  const inline = attachments.filter(isInline).map(file)
  const related = html && multipart('related', boundary, [leaf(html), ...inline], '; type="text/html"')
  const readable = [...(text ? [leaf(text)] : []), ...(related ? [related] : [])]
  const body = multipart('alternative', boundary, readable)
  multipart('mixed', boundary, [body, ...attachments.filter((one) => !isInline(one)).map(file)])(out)
}

/** One part needs no wrapping. */
function multipart(subtype: string, boundary: () => string, parts: readonly Part[], parameters = ''): Part {
  const [only] = parts
  if (only && parts.length === 1) return only
  const mark = boundary()
  return (out) => {
    out.text(`Content-Type: multipart/${subtype}${parameters};\r\n boundary="${mark}"\r\n\r\n`)
    for (const part of parts) {
      out.text(`--${mark}\r\n`)
      part(out)
    }
    out.text(`--${mark}--\r\n`)
  }
}

/**
 * Boundaries follow from the content, so that the same mail is the same bytes. They begin with `=_`, which neither quoted-printable
 * nor base64 can hold: no value can end a part.
 */
function boundaries({ html, text, attachments }: BodySource): () => string {
  const hash = createHash('sha256')
  for (const template of [text, html])
    hash.update(JSON.stringify([template?.literals, template?.slots.map(({ name }) => name)]))
  for (const { name, base64 } of attachments) hash.update(name).update(base64)
  const stem = hash.digest('hex').slice(0, 24)
  let count = 0
  return () => `=_${stem}_${++count}`
}
