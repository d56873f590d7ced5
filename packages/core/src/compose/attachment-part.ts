import { wrapBase64 } from './base64-lines.js'
import type { Attachment } from './check-attachments.js'
import { parameter } from './parameter.js'

/** One attachment, or an inline image that the HTML names by its `cid`: headers, content, CRLF. */
export function attachmentPart({ name, contentType, cid, base64 }: Attachment): string {
  const disposition = cid === null ? 'attachment' : 'inline'
  const headers = [
    `Content-Type: ${contentType}${parameter('name', name)}`,
    `Content-Disposition: ${disposition}${parameter('filename', name)}`,
    'Content-Transfer-Encoding: base64',
    ...(cid === null ? [] : [`Content-ID: <${cid}>`]),
  ]
  return `${headers.join('\r\n')}\r\n\r\n${wrapBase64(base64)}\r\n`
}
