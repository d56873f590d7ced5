import { MailError } from '../../errors/mail-error.js'
import { isLoneSurrogate, isUnsafeInHeader } from './characters.js'
import { type Address, type AddressOptions, addressError, parseAddress } from './parse-address.js'

/** Keeps `From` in one line of 998 octets (RFC 5322 §2.1.1) even when every character is encoded (RFC 2047). */
export const DISPLAY_NAME_MAX = 100

export interface Mailbox {
  readonly name: string | null
  readonly address: Address
}

const COLON = 0x3a

/**
 * SND-2: a display name has no control characters and no `:`, and is at most 100 characters long.
 * @throws SENDER_NAME_INVALID with the reason and the position.
 */
export function checkDisplayName(name: string): void {
  if (name.length > DISPLAY_NAME_MAX) {
    throw new MailError('SENDER_NAME_INVALID', { reason: 'too-long', maximum: DISPLAY_NAME_MAX })
  }
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    if (code === COLON) throw new MailError('SENDER_NAME_INVALID', { reason: 'colon', position: at + 1 })
    if (isUnsafeInHeader(code) || (code > 0x7f && code < 0xa0) || isLoneSurrogate(name, at, code)) {
      throw new MailError('SENDER_NAME_INVALID', { reason: 'control-character', position: at + 1 })
    }
  }
}

/** The first `<` outside quotes, or -1. */
function openingBracket(input: string): number {
  let quoted = false
  for (let at = 0; at < input.length; at++) {
    const char = input[at]
    if (quoted && char === '\\') at++
    else if (char === '"') quoted = !quoted
    else if (char === '<' && !quoted) return at
  }
  return -1
}

/** A quoted phrase without its quotes; a bare phrase as it stands, if nothing in it could be a second address. */
function readName(phrase: string): string | null {
  if (phrase === '') return null
  const quoted = /^"((?:[^"\\]|\\.)*)"$/su.exec(phrase)?.[1]
  if (quoted !== undefined) return quoted.replace(/\\(.)/gsu, '$1') || null
  if (/[,;]/.test(phrase)) throw addressError('list')
  const special = phrase.search(/["\\<>@]/)
  if (special >= 0) throw new MailError('SENDER_NAME_INVALID', { reason: 'needs-quotes', position: special + 1 })
  return phrase
}

/**
 * Reads `Shop <hello@mail.shop.example>` or a bare address. One string is one mailbox: it is never split (TRG-1).
 * @throws ADDRESS_INVALID, SENDER_NAME_INVALID
 */
export function parseMailbox(input: string, options: AddressOptions = {}): Mailbox {
  if (input.length > 1_000) throw addressError('too-long')
  const bracket = input.endsWith('>') ? openingBracket(input) : -1
  if (bracket < 0) return { name: null, address: parseAddress(input, options) }
  // Only spaces are trimmed: a line end beside the name is an injection, not a slip.
  const name = readName(input.slice(0, bracket).replace(/^ +| +$/g, ''))
  if (name !== null) checkDisplayName(name)
  return { name, address: parseAddress(input.slice(bracket + 1, -1), options) }
}
