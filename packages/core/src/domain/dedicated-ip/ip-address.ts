const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const v4 = new RegExp(`^${byte}(?:\\.${byte}){3}$`)

/**
 * The one spelling of an address, so that no address is given out under two names: IPv4 in dotted decimals, IPv6 as in RFC 5952. null for anything else,
 * also for an IPv4 address dressed as IPv6, a zone or a port.
 */
export function canonicalIp(text: string): string | null {
  if (v4.test(text)) return text
  if (!text.includes(':') || /[^\da-f:.]/i.test(text) || !URL.canParse(`http://[${text}]/`)) return null
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1)
  return canonical.startsWith('::ffff:') ? null : canonical
}
