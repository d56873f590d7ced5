export interface BodyBounds {
  readonly maxBytes: number
  /** From now to its last byte. */
  readonly withinMs: number
}

export interface ReadBody {
  /** What came within the bounds. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly end: 'whole' | 'too-large' | 'too-slow' | 'broken-off'
}

/** The body of a stranger, who may send without end or a byte a minute (T29). Nothing of it is waited for once a bound is reached. */
export async function readBody({ body, headers }: Request, { maxBytes, withinMs }: BodyBounds): Promise<ReadBody> {
  const pieces: Uint8Array[] = []
  const read = (end: ReadBody['end']): ReadBody => ({ bytes: Buffer.concat(pieces), end })
  if (Number(headers.get('content-length') ?? 0) > maxBytes) return read('too-large')
  if (!body) return read('whole')
  const reader = body.getReader()
  /** Also ends a read that is waiting. A source that fails at it has nothing more to say. */
  const stop = () => void reader.cancel().catch(() => undefined)
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop()
  }, withinMs)
  try {
    for (let length = 0; ; ) {
      const { done, value } = await reader.read()
      if (done) return read(late ? 'too-slow' : 'whole')
      length += value.byteLength
      if (length > maxBytes) {
        stop()
        return read('too-large')
      }
      pieces.push(value)
    }
  } catch {
    return read('broken-off')
  } finally {
    clearTimeout(timer)
  }
}
