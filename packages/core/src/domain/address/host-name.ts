import punycode from 'punycode/punycode.js'
import { parse } from 'tldts'
import { MailError } from '../../errors/mail-error.js'
import { DOMAIN_MAX, LABEL_MAX, toDomainAscii } from './domain-ascii.js'
import { isShowable } from './scripts.js'

/** A host name a domain may be created with (DOM-1). */
export interface HostName {
  /** Lower-case A-label form: what is stored, looked up and compared. */
  readonly ascii: string
  /** For people: U-label, but A-label for each label that mixes scripts or imitates another one (T20). */
  readonly unicode: string
  /** The part below the public suffix, as A-label: `example.co.uk` of `mail.example.co.uk`. */
  readonly registrable: string
}

/** Shows a stored name to people; a label that could deceive stays in its A-label form. */
export const toDomainUnicode = (ascii: string): string =>
  ascii
    .split('.')
    .map((label) => {
      const shown = punycode.toUnicode(label)
      return isShowable(shown) ? shown : label
    })
    .join('.')

/** null for a public suffix. Names under no known suffix count by their last label, as `shop.example` does. */
export const registrableDomain = (ascii: string): string | null =>
  parse(ascii, { allowPrivateDomains: true, extractHostname: false, validateHostname: false, detectIp: false }).domain

const refuse = (reason: string, more: Readonly<Record<string, unknown>> = {}): MailError =>
  new MailError('DOMAIN_NAME_INVALID', { reason, ...more })

/**
 * DOM-1: a host name below a public suffix, IDN allowed; a trailing dot is dropped.
 * @throws DOMAIN_NAME_INVALID with the reason.
 */
export function parseHostName(input: string): HostName {
  const given = input.endsWith('.') && input.length > 1 ? input.slice(0, -1) : input
  const { fault, ascii } = toDomainAscii(given)
  if (fault === 'domain-dotless') throw refuse('public-suffix', { nearest: 'a name below it' })
  if (fault === 'domain-too-long') throw refuse(fault, { maximum: DOMAIN_MAX })
  if (fault === 'domain-label') throw refuse(fault, { maximum: LABEL_MAX })
  if (fault) throw refuse(fault)
  const registrable = registrableDomain(ascii)
  if (registrable === null) throw refuse('public-suffix', { nearest: `example.${ascii}` })
  return { ascii, unicode: toDomainUnicode(ascii), registrable }
}
