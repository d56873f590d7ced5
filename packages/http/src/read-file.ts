import { fileOfForm } from './multipart.js'
import { type BodyCall, limitedBody, requireType } from './request-body.js'
import type { Media } from './route.js'

export const mediaTypes: Readonly<Record<Media, readonly string[]>> = {
  csv: ['text/csv', 'application/octet-stream', 'multipart/form-data'],
  mail: ['message/rfc822', 'application/octet-stream'],
}

/** A file is larger than JSON, and takes as many times as long on a slow line. */
const SLOWER = 5

/**
 * The body as it is, or the first file of a form, handed on while it arrives and never held whole.
 * @throws CONTENT_TYPE_UNSUPPORTED; INPUT_INVALID for a form without a file; and while it is read BODY_TOO_LARGE, BODY_INCOMPLETE
 */
export async function readFile(
  { maxBodyBytes, bodyTimeoutMs, ...incoming }: BodyCall,
  media: Media,
): Promise<AsyncIterable<Uint8Array>> {
  const type = requireType(incoming.request, mediaTypes[media])
  const pieces = limitedBody(incoming, { maxBytes: maxBodyBytes, withinMs: bodyTimeoutMs * SLOWER })
  return type === 'multipart/form-data' ? fileOfForm(incoming.request, pieces) : pieces
}
