import { MailError } from '@mailwright/core'

/** Bytes as they come, up to the limit, without ever holding the whole. */
export async function* limitedBody(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  const tooLarge = () => new MailError('BODY_TOO_LARGE', { limit: maxBytes, unit: 'bytes', nearest: maxBytes })
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  if (!request.body) return
  let bytes = 0
  for await (const piece of request.body as AsyncIterable<Uint8Array>) {
    bytes += piece.byteLength
    if (bytes > maxBytes) throw tooLarge()
    yield piece
  }
}

/**
 * The request's JSON, unchecked: core's schemas check it at their door.
 * @throws CONTENT_TYPE_UNSUPPORTED, BODY_TOO_LARGE, INPUT_INVALID (not UTF-8, not JSON)
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  requireType(request, ['application/json'])
  const pieces: Uint8Array[] = []
  for await (const piece of limitedBody(request, maxBytes)) pieces.push(piece)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)))
  } catch {
    throw new MailError('INPUT_INVALID', { field: 'body', expected: 'JSON in UTF-8' })
  }
}

/** Also refuses compressed bodies: what they come to would be bounded by nothing. */
export function requireType(request: Request, expected: readonly string[]): void {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='))
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  const fits = expected.includes(type.trim()) && (isUtf8 || !expected.includes('application/json'))
  if (!fits || encoding !== 'identity') {
    throw new MailError('CONTENT_TYPE_UNSUPPORTED', { header: 'content-type', expected, encoding: 'identity' })
  }
}
