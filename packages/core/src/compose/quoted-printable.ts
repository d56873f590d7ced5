/** RFC 2045 §6.7: at most 76 with the soft break. */
const LINE_MAX = 75
const SOFT_BREAK = '=\r\n'

const hexOf = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)

const lineEnd = /[\r\n]/

/** Every line end there is in mail becomes CRLF, so that no bare CR or LF goes out (T2). */
export const toCrlf = (text: string): string => (lineEnd.test(text) ? text.replace(/\r\n|\r|\n/g, '\r\n') : text)

const SPACE = 32
const DOT = 46
const EQUALS = 61
const TILDE = 126

/** One line of printable ASCII without `=`, beginning and ending with no space and not beginning with a dot. A pattern would remember each place it might go back to. */
const isPlain = (text: string): boolean => {
  const last = text.length - 1
  if (last < 0 || last >= LINE_MAX) return false
  const first = text.charCodeAt(0)
  if (first === SPACE || first === DOT || text.charCodeAt(last) === SPACE) return false
  for (let at = 0; at <= last; at++) {
    const code = text.charCodeAt(at)
    if (code < SPACE || code > TILDE || code === EQUALS) return false
  }
  return true
}

const codeUnits = (char: string): string => {
  const code = char.charCodeAt(0)
  if (code < 0x80) return hexOf[code] ?? ''
  let encoded = ''
  for (const byte of Buffer.from(char, 'utf8')) encoded += hexOf[byte]
  return encoded
}

/** Nothing to encode but dots that begin a line: cut, not looked at one by one. */
function cutLine(line: string): string {
  let encoded = ''
  for (let at = 0; at < line.length; ) {
    const dot = line[at] === '.'
    const end = Math.min(line.length, at + LINE_MAX - (dot ? 2 : 0))
    encoded += (at > 0 ? SOFT_BREAK : '') + (dot ? `=2E${line.slice(at + 1, end)}` : line.slice(at, end))
    at = end
  }
  return encoded
}

function encodeLine(line: string): string {
  if (/^[\t -<>-~]*$/.test(line) && !/[\t ]$/.test(line)) return cutLine(line)
  let encoded = ''
  let column = 0
  const last = line.length - 1
  let at = 0
  for (const char of line) {
    const code = char.charCodeAt(0)
    const printable = code > 0x20 && code < 0x7f && code !== 0x3d
    const blank = (code === 0x20 || code === 0x09) && at < last
    let token = printable || blank ? char : codeUnits(char)
    if (column + token.length > LINE_MAX) {
      encoded += SOFT_BREAK
      column = 0
    }
    // A dot that begins a line is nobody's end of data, even where a relay forgets to stuff it.
    if (column === 0 && token === '.') token = '=2E'
    encoded += token
    column += token.length
    at += char.length
  }
  return encoded
}

/**
 * Encodes a segment that begins at the start of a line. It ends at the start of a line too, by a soft break where the text does
 * not end with one, so that segments can be put together in any way; `last` leaves that break out.
 */
export function quotedPrintable(text: string, last = false): string {
  if (text === '') return ''
  if (isPlain(text)) return last ? text : text + SOFT_BREAK
  const encoded = lineEnd.test(text) ? toCrlf(text).split('\r\n').map(encodeLine).join('\r\n') : encodeLine(text)
  return last || encoded.endsWith('\r\n') ? encoded : encoded + SOFT_BREAK
}
