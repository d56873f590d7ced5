import { parseAddress, parseHostName } from '../address/index.js'

/**
 * The keys under which a recipient can be blocked: the address, its whole domain, and each domain above that, because who blocks a domain means
 * its subdomains too (BLK-4). Takes an `AddressKey` (TRG-7), never an address as typed. A last label alone is no domain to block.
 */
export function lookupKeys(addressKey: string): readonly string[] {
  const keys = [addressKey]
  let domain = addressKey.slice(addressKey.lastIndexOf('@') + 1)
  do {
    keys.push(`@${domain}`)
    domain = domain.slice(domain.indexOf('.') + 1)
  } while (domain.includes('.'))
  return keys
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
