import { isAscii } from 'node:buffer'

const FINAL = Buffer.from('\r\n.\r\n')
const CR = 13
const LF = 10
const DOT = 46

/** A CR or LF that stands alone: somebody's end of a mail that is not ours (T2). */
const hasBareLineEnd = (content: Buffer): boolean => {
  for (let at = content.indexOf(LF); at >= 0; at = content.indexOf(LF, at + 1)) if (content[at - 1] !== CR) return true
  for (let at = content.indexOf(CR); at >= 0; at = content.indexOf(CR, at + 1)) if (content[at + 1] !== LF) return true
  return false
}

/** The mail as it goes over the wire: every line ends in CRLF, leading dots doubled, then the final dot (RFC 5321 §4.5.2). */
export const onTheWire = (given: Uint8Array): readonly Buffer[] => {
  const whole = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  const content = hasBareLineEnd(whole)
    ? Buffer.from(whole.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n'), 'latin1')
    : whole
  const parts: Buffer[] = []
  let from = 0
  if (content[0] === DOT) parts.push(Buffer.from('.'))
  for (let at = content.indexOf('\r\n.'); at >= 0; at = content.indexOf('\r\n.', at + 2)) {
    parts.push(content.subarray(from, at + 3))
    from = at + 2
  }
  parts.push(content.subarray(from))
  const ended = content.length === 0 || (content.at(-1) === LF && content.at(-2) === CR)
  parts.push(ended ? FINAL.subarray(2) : FINAL)
  return parts
}

/** Holds bytes beyond ASCII, which only goes to a server with 8BITMIME (RFC 6152) under that name. */
export const isEightBit = (content: Uint8Array): boolean => !isAscii(content)
