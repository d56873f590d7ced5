import { parseAddress } from '../domain/address/index.js'
import { encodedWords } from './encoded-word.js'
import { checkHeaderText, isPlainText } from './header-line.js'

/** A mailbox as a header shows it. */
export interface HeaderMailbox {
  readonly name: string | null
  readonly address: string
}

/** Every string of a mail holds one octet per character; what is raw UTF-8 (RFC 6532) is put in octet by octet. */
const octets = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const isAsciiAddress = (address: string): boolean =>
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-zA-Z0-9.-]{1,253}$/.test(address)

/** International domains as A-label; a local part beyond ASCII as raw UTF-8, which needs SMTPUTF8. @throws ADDRESS_INVALID */
function addressText(address: string): string {
  if (isAsciiAddress(address)) return address
  const { local, domain } = parseAddress(address, { smtpUtf8: true })
  return octets(`${local}@${domain}`)
}

/** True if the local part is beyond ASCII, so that only a server with SMTPUTF8 (RFC 6531) can take the mail. */
export const needsSmtpUtf8 = ({ address }: Pick<HeaderMailbox, 'address'>): boolean =>
  /[^\0-\x7f]/.test(address.slice(0, Math.max(0, address.lastIndexOf('@'))))

const isAtoms = (name: string): boolean => /^[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*$/.test(name)

/** A display name: atoms, a quoted string, or encoded words (RFC 5322 §3.2.5, RFC 2047 §5). */
function phrase(name: string, used: number): string {
  if (name.length <= 60 && isPlainText(name)) {
    return isAtoms(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
  }
  return encodedWords(name, used)
}

function mailboxText({ name, address }: HeaderMailbox, header: string, used: number): string {
  const spec = addressText(address)
  if (name === null || name === '') return spec
  checkHeaderText(header, name)
  const text = phrase(name, used)
  const column = text.includes('\n') ? text.length - text.lastIndexOf('\n') - 1 : used + text.length
  return `${text}${column + spec.length + 3 > 76 ? '\r\n ' : ' '}<${spec}>`
}

/**
 * One address header with its CRLF; each further mailbox begins a line. Mailboxes are given one by one and never parsed from a list.
 * @throws ADDRESS_INVALID, HEADER_INVALID
 */
export function mailboxLine(header: string, mailboxes: readonly HeaderMailbox[]): string {
  const [only] = mailboxes
  if (only?.name === null && mailboxes.length === 1) return `${header}: ${addressText(only.address)}\r\n`
  const start = `${header}: `
  const texts = mailboxes.map((mailbox, index) => mailboxText(mailbox, header, index === 0 ? start.length : 1))
  return `${start}${texts.join(',\r\n ')}\r\n`.replace(/: \r\n /, ':\r\n ')
}
