const CR = 13
const LF = 10
const DOT = 46
/** Looked up once: on a Buffer the lookup takes as long as the search of a line. */
const { indexOf } = Buffer.prototype

type Form = 'ready' | 'dots' | 'line-ends'

/** One look at each line end. A CR or LF alone is what smuggles a second mail into some servers (T2). */
const formOf = (bytes: Buffer): Form => {
  let form: Form = bytes[0] === DOT ? 'dots' : 'ready'
  for (let at = 0; ; ) {
    const cr = indexOf.call(bytes, CR, at)
    const lf = indexOf.call(bytes, LF, at)
    if (cr < 0 && lf < 0) break
    if (lf !== cr + 1 || cr < 0) return 'line-ends'
    at = lf + 1
    if (bytes[at] === DOT) form = 'dots'
  }
  return bytes.length >= 2 && bytes[bytes.length - 1] === LF ? form : 'line-ends'
}

const withCrlf = (bytes: Buffer): Buffer => {
  const text = bytes.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n')
  return Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1')
}

const withDots = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/(^|\r\n)\./g, '$1..'), 'latin1')

/**
 * The content as it goes over the wire, up to the final dot: CRLF is the only line end and stands at the end too, and a dot that begins a line is doubled
 * (RFC 5321 §4.5.2). What the composer has made is so already, and a search for each line end would cost 4 % of a batch's CPU; of all else other line ends
 * become CRLF, so that no content ends before its end.
 */
export const wireContent = (content: Uint8Array, composed: true | undefined): Buffer => {
  const bytes =
    content instanceof Buffer ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (composed) return bytes
  const form = formOf(bytes)
  if (form === 'ready') return bytes
  return withDots(form === 'dots' ? bytes : withCrlf(bytes))
}
