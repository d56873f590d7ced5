import { isMailError, MailError } from '@mailwright/core'

export interface BodyLimits {
  readonly maxBytes: number
  /** From the first look until the last byte. */
  readonly withinMs: number
}

/** A request, and its body apart from it: whoever is asked who is calling cannot take it from the route. */
export interface Incoming {
  /** Without its body. */
  readonly request: Request
  /** Nothing of it is read before somebody asks; null: it has none. */
  readonly body: () => ReadableStream<Uint8Array> | null
}

/** A request, and what its body may come to. */
export interface BodyCall extends Incoming {
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

/**
 * Bytes as they come, up to the limits, without ever holding the whole. Nothing is waited for once a limit is reached.
 * @throws BODY_TOO_LARGE, by what it says or by what comes; BODY_INCOMPLETE if its last byte is late, or the client has gone; RAW_BODY_CONSUMED
 */
export async function* limitedBody(
  { request, body }: Incoming,
  { maxBytes, withinMs }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  const tooLarge = () => new MailError('BODY_TOO_LARGE', { limit: maxBytes, unit: 'bytes', nearest: maxBytes })
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const reader = body()?.getReader()
  if (reader === undefined) return
  /** Also ends a read that waits. A source that fails at it has nothing more to say. */
  const stop = () => void reader.cancel().catch(() => undefined)
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop()
  }, withinMs)
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw isMailError(cause) ? cause : new MailError('BODY_INCOMPLETE', { end: 'broken-off' }, { cause })
      })
      if (late) throw new MailError('BODY_INCOMPLETE', { end: 'too-slow', withinMs })
      if (done) return
      bytes += value.byteLength
      if (bytes > maxBytes) throw tooLarge()
      yield value
    }
  } finally {
    clearTimeout(timer)
    stop()
  }
}

/** All of it. @throws as `limitedBody` */
export async function wholeBody(incoming: Incoming, limits: BodyLimits): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  for await (const piece of limitedBody(incoming, limits)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The request's JSON, unchecked: core's schemas check it at their door.
 * @throws CONTENT_TYPE_UNSUPPORTED, BODY_TOO_LARGE, BODY_INCOMPLETE, INPUT_INVALID (not UTF-8, not JSON)
 */
export async function readJson({ maxBodyBytes, bodyTimeoutMs, ...incoming }: BodyCall): Promise<unknown> {
  requireType(incoming.request, ['application/json'])
  const bytes = await wholeBody(incoming, { maxBytes: maxBodyBytes, withinMs: bodyTimeoutMs })
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new MailError('INPUT_INVALID', { field: 'body', expected: 'JSON in UTF-8' })
  }
}

/** The type it is of. Also refuses compressed bodies: what they come to would be bounded by nothing. */
export function requireType(request: Request, expected: readonly string[]): string {
  const [first = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const type = first.trim()
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='))
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  const fits = expected.includes(type) && (isUtf8 || !expected.includes('application/json'))
  if (!fits || encoding !== 'identity') {
    throw new MailError('CONTENT_TYPE_UNSUPPORTED', { header: 'content-type', expected, encoding: 'identity' })
  }
  return type
}
