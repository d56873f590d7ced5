import { parseAddress, parseHostName } from '../address/index.js'

/** The key of a block on the whole domain of an address key: `@` and the domain. Subdomains are other domains. */
export function domainKeyOf(addressKey: string): string {
  return addressKey.slice(addressKey.lastIndexOf('@'))
}

/** The two keys under which a recipient can be blocked. Takes an `AddressKey` (TRG-7), never an address as typed. */
export function lookupKeys(addressKey: string): readonly [addressKey: string, domainKey: string] {
  return [addressKey, domainKeyOf(addressKey)]
}

/**
 * The key for what a person typed: an address, or a whole domain with or without `@` before it (BLK-4). Public suffixes are no
 * domain to block. Throws ADDRESS_INVALID or DOMAIN_NAME_INVALID.
 */
export function blockKeyOf(target: string): string {
  const typed = target.trim()
  if (typed.lastIndexOf('@') > 0) return parseAddress(typed, { smtpUtf8: true }).key
  return `@${parseHostName(typed.startsWith('@') ? typed.slice(1) : typed).ascii}`
}
