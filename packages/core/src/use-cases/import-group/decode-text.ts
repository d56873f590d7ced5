import { MailError } from '../../errors/mail-error.js'

/** A file as it comes: whole, or in pieces cut anywhere. */
export type CsvInput = string | Uint8Array | AsyncIterable<Uint8Array | string>

/** Characters or bytes handled at a time, so that a whole file given at once is still read like a stream. */
const PIECE = 64 * 1024
const BOM = '\ufeff'

/**
 * The text of a file, in pieces, without its byte order mark: UTF-8, or by its mark UTF-16 of either order. Throws CSV_ENCODING at the
 * first byte that does not fit, and CSV_TOO_LARGE once more than `maxBytes` have come (text counts as UTF-8); reads no further then.
 */
export async function* decodeText(input: CsvInput, maxBytes: number): AsyncGenerator<string> {
  let bytes = 0
  let start = true
  const decoder = byteDecoder()
  for await (const piece of pieces(input)) {
    bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength
    if (bytes > maxBytes) throw new MailError('CSV_TOO_LARGE', { limit: maxBytes, unit: 'bytes', nearest: maxBytes })
    const decoded = typeof piece === 'string' ? wellFormed(piece) : decoder.decode(piece)
    if (decoded === '') continue
    const text = start && decoded.startsWith(BOM) ? decoded.slice(1) : decoded
    start = false
    if (text !== '') yield text
  }
  const rest = decoder.end()
  if (rest !== '') yield start && rest.startsWith(BOM) ? rest.slice(1) : rest
}

async function* pieces(input: CsvInput): AsyncGenerator<Uint8Array | string> {
  const source: AsyncIterable<Uint8Array | string> | readonly (Uint8Array | string)[] =
    typeof input === 'string' || input instanceof Uint8Array ? [input] : input
  let high = ''
  for await (const whole of source) {
    if (typeof whole !== 'string') {
      for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE)
      continue
    }
    for (let at = 0; at < whole.length; at += PIECE) {
      const piece = high + whole.slice(at, at + PIECE)
      // A pair of surrogates cut in two waits for its other half.
      high = /[\ud800-\udbff]$/.test(piece) ? piece.slice(-1) : ''
      yield high === '' ? piece : piece.slice(0, -1)
    }
  }
  if (high !== '') yield high
}

function wellFormed(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new MailError('CSV_ENCODING', { encoding: 'utf-16', reason: 'lone-surrogate' })
  return text
}

/** Waits for the bytes that can be a mark before it settles on an encoding. */
function byteDecoder() {
  let head: Uint8Array = new Uint8Array(0)
  let encoding = 'utf-8'
  let decoder: InstanceType<typeof TextDecoder> | null = null
  const run = (bytes: Uint8Array | undefined): string => {
    if (!decoder) {
      encoding = encodingOf(head)
      decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
      bytes = head
    }
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new MailError('CSV_ENCODING', { encoding, nearest: 'utf-8' })
    }
  }
  return {
    decode(bytes: Uint8Array): string {
      if (decoder) return run(bytes)
      head = Buffer.concat([head, bytes])
      return head.length < 2 ? '' : run(head)
    },
    end: (): string => (decoder || head.length === 0 ? '' : run(head)) + (decoder ? run(undefined) : ''),
  }
}

function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}
