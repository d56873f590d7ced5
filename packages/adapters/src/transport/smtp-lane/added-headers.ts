import { MailError } from '@mailwright/core'

/**
 * Header fields for the relay, by name, for the mail with this message id. Most relays' own headers are read by the relay and by nobody after it: what it is to
 * write into its events (`sendgridHeaders`, `mailgunHeaders`, `postmarkHeaders`, `sesHeaders`), or how it is to send.
 */
export type HeadersFor = (id: string) => Readonly<Record<string, string>>

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/
/** One line in printable ASCII: nothing in it could end the line, or be encoded or folded on the way (RFC 5322 §2.1.1). */
const VALUE = /^[!-~](?:[ -~]{0,898}[!-~])?$/

const lineOf = ([name, value]: readonly [string, string]): string => {
  if (NAME.test(name) && VALUE.test(value)) return `${name}: ${value}\r\n`
  throw new MailError('HEADER_INVALID', { field: 'headersFor', expected: 'a name, and one line of printable ASCII' })
}

/**
 * The mail with these fields before all others. They stand outside what DKIM has signed, and no signature of ours names them (RFC 6376 §5.4). Without the option the
 * mail is given back as it is, uncopied. @throws HEADER_INVALID
 */
export const withHeaders = (headersFor: HeadersFor | undefined, id: string, content: Uint8Array): Uint8Array => {
  if (headersFor === undefined) return content
  const lines = Object.entries(headersFor(id)).map(lineOf).join('')
  return Buffer.concat([Buffer.from(lines, 'latin1'), content])
}
