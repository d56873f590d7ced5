import { domainToASCII } from 'node:url'
import { type Envelope, MailError } from '@mailwright/core'

/** RFC 5321 §4.5.3.1.3 allows 254 octets; a little more is left to the server's judgement, a novel is not. */
const LONGEST = 320

// Also where a backslash stands before it: what reads the command may know nothing of quoted pairs. U+0085, U+2028 and U+2029 end lines for some.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u

/** The addresses of nearly all mail: nothing is the matter with them, and no rule below changes them. */
const plainAddress = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}$/

/** Why an address cannot stand in an SMTP command, or null. Never throws. */
const faultOf = (address: string, smtpUtf8: boolean): string | null => {
  if (address.length > LONGEST) return 'too long'
  if (controls.test(address)) return 'control character'
  // nodemailer takes no angle bracket at all, not even a quoted one.
  if (/[<>]/.test(address)) return 'angle bracket'
  let quoted = false
  let at = -1
  for (let index = 0; index < address.length; index++) {
    const code = address.charCodeAt(index)
    const character = address.charAt(index)
    if (quoted && character === '\\') index += 1
    else if (character === '"' && at < 0) quoted = !quoted
    else if (!quoted && (character === ' ' || character === ',' || character === ';')) return 'more than one mailbox'
    else if (!quoted && character === '@' && at >= 0) return 'two at signs'
    else if (!quoted && character === '@') at = index
    if (code >= 0x80 && at < 0 && !smtpUtf8) return 'local part beyond ASCII without smtpUtf8'
  }
  if (quoted) return 'open quote'
  return at > 0 && at < address.length - 1 ? null : 'not local@domain'
}

/** With the domain as A-label, so that an international domain alone needs no SMTPUTF8. */
const withAsciiDomain = (address: string): string => {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is what is looked for
  if (/^[\x00-\x7f]*$/.test(domain)) return address
  // It is read like the host of a URL, which ends at a slash and unpacks percents.
  if (/[^-.\w\u0080-\uffff]/.test(domain)) return `${address.slice(0, at)}@`
  return `${address.slice(0, at)}@${domainToASCII(domain)}`
}

const checkAddress = (address: string, index: number | null, smtpUtf8: boolean): string => {
  if (plainAddress.test(address)) return address
  const ascii = withAsciiDomain(address)
  const reason = faultOf(address, smtpUtf8) ?? (ascii.endsWith('@') ? 'domain' : null)
  if (reason === null) return ascii
  throw new MailError('ADDRESS_INVALID', { field: index === null ? 'envelope.from' : `envelope.to[${index}]`, reason })
}

/**
 * The envelope as it goes over the wire. Addresses come validated from core; this is the last look before they become commands,
 * because nodemailer itself splits `a, b` in two and does not look at everything (T1).
 * @throws ADDRESS_INVALID, naming the field and the fault, never the address.
 */
export const checkEnvelope = ({ from, to }: Envelope, smtpUtf8: boolean): Envelope => {
  if (to.length === 0) throw new MailError('ADDRESS_INVALID', { field: 'envelope.to', reason: 'no recipient' })
  return {
    from: from === '' ? '' : checkAddress(from, null, smtpUtf8),
    to: to.map((address, index) => checkAddress(address, index, smtpUtf8)),
  }
}
