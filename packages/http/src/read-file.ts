import { fileOfForm } from './multipart.js'
import { limitedBody, requireType } from './request-body.js'
import type { Media } from './route.js'

export interface FileCall {
  readonly request: Request
  readonly maxBodyBytes: number
}

export const mediaTypes: Readonly<Record<Media, readonly string[]>> = {
  csv: ['text/csv', 'application/octet-stream', 'multipart/form-data'],
  mail: ['message/rfc822', 'application/octet-stream'],
}

/** An upload takes as long as a slow line needs. */
const UPLOAD_MS = 300_000

/**
 * The body as it is, or the first file of a form, handed on while it arrives and never held whole.
 * @throws CONTENT_TYPE_UNSUPPORTED; INPUT_INVALID for a form without a file; and while it is read BODY_TOO_LARGE, BODY_TIMEOUT
 */
export async function readFile({ request, maxBodyBytes }: FileCall, media: Media): Promise<AsyncIterable<Uint8Array>> {
  const type = requireType(request, mediaTypes[media])
  const pieces = limitedBody(request, { maxBytes: maxBodyBytes, withinMs: UPLOAD_MS })
  return type === 'multipart/form-data' ? fileOfForm(request, pieces) : pieces
}
