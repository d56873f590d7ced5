import { createHash } from 'node:crypto'

const CR = 13
const LF = 10
const SPACE = 32
const TAB = 9
const CRLF = Buffer.from('\r\n')

/**
 * True if relaxing changes nothing: no two spaces in a row, no tab, no space at a line's end, one CRLF at the end. Octet by octet, since there is a space in every few
 * octets of prose: a search would stop at each.
 */
function isRelaxed(body: Buffer): boolean {
  const end = body.length - 2
  if (end < 1 || body[end] !== CR || body[end + 1] !== LF || body[end - 1] === LF) return false
  for (let at = 0; at < end; at += 1) {
    const octet = body[at]
    if (octet === TAB) return false
    if (octet === SPACE && (body[at + 1] === SPACE || body[at + 1] === CR)) return false
  }
  return true
}

/**
 * RFC 6376 §3.4.4. One pass over the octets and no regular expression: a body is anybody's, and a hundred thousand blank lines in one must not stop the process (T19).
 */
export function relaxed(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length + CRLF.length)
  let length = 0
  /** After the last octet that is neither white space nor a line end. */
  let contentEnd = 0
  let space = false
  for (let at = 0; at < body.length; at += 1) {
    const octet = body[at] ?? 0
    if (octet === SPACE || octet === TAB) {
      space = true
      continue
    }
    const endsLine = octet === CR && body[at + 1] === LF
    if (space && !endsLine) out[length++] = SPACE
    space = false
    out[length++] = octet
    if (endsLine) {
      at += 1
      out[length++] = LF
    } else contentEnd = length
  }
  if (contentEnd === 0) return out.subarray(0, 0)
  return out.subarray(0, contentEnd + CRLF.copy(out, contentEnd))
}

/**
 * The SHA-256 of a body in relaxed form, base64: hashed as it is where relaxing would change nothing, which is so for most mail. `body` has CRLF line ends, before
 * dot-stuffing.
 */
export const bodyHash = (body: Buffer): string =>
  createHash('sha256')
    .update(isRelaxed(body) ? body : relaxed(body))
    .digest('base64')
