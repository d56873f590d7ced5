import { MailError } from '../../errors/mail-error.js'
import { utf8Length } from './characters.js'
import { type DomainFault, toDomainAscii } from './domain-ascii.js'
import { canonicalLocal, type LocalFault, scanLocal } from './scan-local.js'

/** RFC 5321 §4.5.3.1.1, and §4.5.3.1.3 less the angle brackets; in octets. */
export const LOCAL_MAX = 64
export const ADDRESS_MAX = 254

declare const addressKeyBrand: unique symbol

/** What two addresses are compared by (TRG-7). Only `addressKey` makes one. */
export type AddressKey = string & { readonly [addressKeyBrand]: true }

/** One validated mailbox. Whoever holds one need not check again. */
export interface Address {
  /** As given, quotes included. */
  readonly local: string
  /** Lower-case A-label form. */
  readonly domain: string
  /** What goes into the envelope: as given, but an international domain as A-label unless SMTPUTF8 is enabled. */
  readonly mailbox: string
  readonly key: AddressKey
}

export interface AddressOptions {
  /** Allow a local part beyond ASCII (RFC 6531). Default false. */
  readonly smtpUtf8?: boolean
}

export type AddressFault = LocalFault | DomainFault | 'empty' | 'too-long' | 'local-too-long' | 'no-at-sign' | 'list'

const MAILBOX_INPUT_MAX = 64 + 1 + 253

/** TRG-7: NFC, local part lower-cased, domain as A-label; dots and plus tags are left alone. */
export function addressKey(address: Pick<Address, 'local' | 'domain'>): AddressKey {
  const local = canonicalLocal(address.local.normalize('NFC')).toLowerCase().normalize('NFC')
  return `${local}@${address.domain}` as AddressKey
}

const isAscii = (value: string): boolean => utf8Length(value) === value.length

/** A `,` or `;` where the address should end means several addresses; worth a reason of its own. */
const looksLikeList = (rest: string): boolean => /[,;]/.test(rest)

/** Reads one mailbox and never throws: the address, or the reason why it is none. */
export function readAddress(input: string, options: AddressOptions = {}): Address | AddressFault {
  if (input.length === 0) return 'empty'
  if (input.length > MAILBOX_INPUT_MAX) return 'too-long'
  const smtpUtf8 = options.smtpUtf8 ?? false
  const { end, fault } = scanLocal(input, smtpUtf8)
  if (fault) return fault === 'local-character' && looksLikeList(input) ? 'list' : fault
  if (input.charCodeAt(end) !== 0x40) return end === input.length ? 'no-at-sign' : 'local-quoting'

  const local = input.slice(0, end)
  const localOctets = utf8Length(local)
  if (localOctets > LOCAL_MAX) return 'local-too-long'
  const given = input.slice(end + 1)
  const domain = toDomainAscii(given)
  if (domain.fault) return domain.fault === 'domain-character' && looksLikeList(given) ? 'list' : domain.fault
  const envelopeDomain = smtpUtf8 || isAscii(given) ? given : domain.ascii
  if (localOctets + 1 + Math.max(domain.ascii.length, utf8Length(envelopeDomain)) > ADDRESS_MAX) return 'too-long'

  const parts = { local, domain: domain.ascii }
  return { ...parts, mailbox: `${local}@${envelopeDomain}`, key: addressKey(parts) }
}

/** For bulk input: the address, or null if it is not exactly one valid mailbox. Linear in the input, never throws. */
export function tryParseAddress(input: string, options: AddressOptions = {}): Address | null {
  const read = readAddress(input, options)
  return typeof read === 'string' ? null : read
}

const limits: Partial<Record<AddressFault, number>> = {
  'local-too-long': LOCAL_MAX,
  'too-long': ADDRESS_MAX,
  'domain-too-long': 253,
}

/** The refusal for a fault; details hold the reason and the limit, never the address (ERR-2). */
export function addressError(reason: AddressFault): MailError {
  const maximum = limits[reason]
  return new MailError('ADDRESS_INVALID', maximum === undefined ? { reason } : { reason, maximum, unit: 'octets' })
}

/**
 * Reads exactly one mailbox by RFC 5321: no list, no display name, no address literal, no control characters.
 * @throws ADDRESS_INVALID with the reason, never with the address.
 */
export function parseAddress(input: string, options: AddressOptions = {}): Address {
  const read = readAddress(input, options)
  if (typeof read === 'string') throw addressError(read)
  return read
}
