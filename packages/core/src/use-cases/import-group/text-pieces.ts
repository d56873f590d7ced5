import { isUtf8 } from 'node:buffer'
import { MailError } from '../../errors/mail-error.js'

/** A file as it comes: whole, or in pieces cut anywhere. */
export type CsvInput = string | Uint8Array | AsyncIterable<Uint8Array | string>

/** Characters or bytes handled at a time, so that a whole file given at once is still read like a stream. */
const PIECE = 64 * 1024
const BOM = '\ufeff'

/**
 * A file as text, in pieces that end between characters, without its byte order mark. It may be UTF-8, or by its mark UTF-16 of either
 * order. Throws CSV_ENCODING at the first piece that does not fit, and CSV_TOO_LARGE once more than `maxBytes` have come (text counts
 * as UTF-8); reads no further then.
 */
export async function* textPieces(input: CsvInput, maxBytes: number): AsyncGenerator<string> {
  let bytes = 0
  let start = true
  const decode = decoder()
  for await (const piece of pieces(input)) {
    bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength
    if (bytes > maxBytes) throw new MailError('CSV_TOO_LARGE', { limit: maxBytes, unit: 'bytes', nearest: maxBytes })
    const text = typeof piece === 'string' ? wellFormed(piece) : decode(piece)
    if (text.length === 0) continue
    yield start && text.startsWith(BOM) ? text.slice(BOM.length) : text
    start = false
  }
  const rest = decode(null)
  if (rest.length > 0) yield rest
}

/** What a caller has given, as it comes. @throws INPUT_INVALID for anything else */
export async function* givenPieces(input: CsvInput): AsyncGenerator<Uint8Array | string> {
  const isPiece = (given: unknown) => typeof given === 'string' || given instanceof Uint8Array
  const isStream = typeof input === 'object' && input !== null && Symbol.asyncIterator in input
  if (!isPiece(input) && !isStream) throw noFile()
  for await (const piece of isStream ? input : [input]) {
    if (!isPiece(piece)) throw noFile()
    yield piece
  }
}

const noFile = (): MailError =>
  new MailError('INPUT_INVALID', { field: 'csv', expected: 'a string, bytes, or an async iterable of such pieces' })

async function* pieces(input: CsvInput): AsyncGenerator<Uint8Array | string> {
  let high = ''
  for await (const whole of givenPieces(input)) {
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

/** Turns bytes into whole characters; null says that no more come. The first two bytes settle the encoding. */
function decoder(): (bytes: Uint8Array | null) => string {
  let held = Buffer.alloc(0)
  let decode: ((bytes: Buffer, end: boolean) => string) | null = null
  return (bytes) => {
    const end = bytes === null
    let given: Buffer = bytes === null ? Buffer.alloc(0) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (!decode) {
      held = Buffer.concat([held, given])
      if (held.length < 2 && !end) return ''
      given = held
      decode = decoderOf(held)
    }
    return decode(given, end)
  }
}

function decoderOf(head: Buffer): (bytes: Buffer, end: boolean) => string {
  if (head[0] === 0xff && head[1] === 0xfe) return utf16('utf-16le')
  return head[0] === 0xfe && head[1] === 0xff ? utf16('utf-16be') : utf8()
}

function utf16(encoding: 'utf-16le' | 'utf-16be'): (bytes: Buffer, end: boolean) => string {
  const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (bytes, end) => {
    try {
      return text.decode(bytes, { stream: !end })
    } catch {
      throw new MailError('CSV_ENCODING', { encoding, nearest: 'utf-8' })
    }
  }
}

function utf8(): (bytes: Buffer, end: boolean) => string {
  let tail = Buffer.alloc(0)
  return (bytes, end) => {
    const all = tail.length > 0 ? Buffer.concat([tail, bytes]) : bytes
    const whole = end ? all.length : wholeCharacters(all)
    if (!isUtf8(all.subarray(0, whole))) throw new MailError('CSV_ENCODING', { encoding: 'utf-8', nearest: 'utf-8' })
    tail = Buffer.from(all.subarray(whole))
    return all.toString('utf8', 0, whole)
  }
}

/** How many bytes lie before a character that is cut off at the end: its first byte is one of the last three (RFC 3629 §3). */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length
    if (byte < 0x80) return bytes.length
  }
  return bytes.length
}
