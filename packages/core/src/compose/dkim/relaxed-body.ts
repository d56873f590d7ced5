import { createHash } from 'node:crypto'

const CR = 13
const LF = 10
const SPACE = 32
const CRLF_TWICE = Buffer.from('\r\n\r\n')

/** True if relaxing changes nothing: no two spaces in a row, no tab, no space at a line's end, one CRLF at the end. */
const isRelaxed = (body: Buffer): boolean =>
  body.length > 2 &&
  body[body.length - 1] === LF &&
  body[body.length - 2] === CR &&
  body[body.length - 3] !== SPACE &&
  !body.subarray(-4).equals(CRLF_TWICE) &&
  !body.includes('  ') &&
  !body.includes('\t') &&
  !body.includes(' \r\n')

/** RFC 6376 §3.4.4, on one octet per character. */
export const relaxed = (body: string): string => {
  const lines = body.replace(/[ \t]+/g, ' ').replace(/ (?=\r\n|$)/g, '')
  const text = lines.replace(/(?:\r\n)+$/, '')
  return text === '' ? '' : `${text}\r\n`
}

/**
 * The SHA-256 of a body in relaxed form, base64: hashed as it is where relaxing would change nothing, which is so for most mail. `body` has CRLF line ends, before
 * dot-stuffing.
 */
export function bodyHash(body: Buffer): string {
  const hash = createHash('sha256')
  if (isRelaxed(body)) hash.update(body)
  else hash.update(relaxed(body.toString('latin1')), 'latin1')
  return hash.digest('base64')
}
