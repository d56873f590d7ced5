import punycode from 'punycode/punycode.js'
import { isHostChar } from './characters.js'

/** RFC 1035 §2.3.4 in the textual form, without the trailing dot. */
export const DOMAIN_MAX = 253
export const LABEL_MAX = 63

export type DomainFault =
  | 'domain-empty'
  | 'domain-too-long'
  | 'domain-character'
  | 'domain-label'
  | 'domain-idn'
  | 'domain-dotless'
  | 'ip-address'

export type DomainScan =
  | { readonly fault: DomainFault; readonly ascii: '' }
  | { readonly fault: null; readonly ascii: string }

const fail = (fault: DomainFault): DomainScan => ({ fault, ascii: '' })

/** A last label that URL parsers, and so other software on the way, read as a number: `1.2.3.4`, `0x7f.1`. */
const endsInNumber = (lastLabel: string): boolean => /^(?:\d+|0x[0-9a-f]*)$/.test(lastLabel)

function labelFault(ascii: string): DomainFault | null {
  const labels = ascii.split('.')
  for (const label of labels) {
    if (label.length === 0 || label.length > LABEL_MAX || label.startsWith('-') || label.endsWith('-')) {
      return 'domain-label'
    }
  }
  if (endsInNumber(labels.at(-1) ?? '')) return 'ip-address'
  return labels.length < 2 ? 'domain-dotless' : null
}

/** UTS 46 non-transitional, by the host parser of WHATWG URL; null if it refuses or maps to something that is no host name. */
function idnaToAscii(domain: string): string | null {
  const url = `http://${domain}/`
  if (!URL.canParse(url)) return null
  const ascii = new URL(url).hostname
  for (let at = 0; at < ascii.length; at++) {
    const code = ascii.charCodeAt(at)
    if (code !== 0x2e && !isHostChar(code)) return null
  }
  // An A-label that is not the encoding of its own U-label (`xn--ascii-`) is a second spelling of another name.
  return punycode.toASCII(punycode.toUnicode(ascii)) === ascii ? ascii : null
}

/** Turns a domain into its lower-case A-label form, or says why it is none. Linear; the length is checked first. */
export function toDomainAscii(domain: string): DomainScan {
  if (domain.length === 0) return fail('domain-empty')
  if (domain.length > DOMAIN_MAX) return fail('domain-too-long')
  let plain = true
  for (let at = 0; at < domain.length; at++) {
    const code = domain.charCodeAt(at)
    if (code >= 0x80) plain = false
    else if (code === 0x5b || code === 0x3a) return fail('ip-address')
    else if (code !== 0x2e && !isHostChar(code)) return fail('domain-character')
  }
  const lower = domain.toLowerCase()
  if (plain) {
    const fault = labelFault(lower)
    if (fault) return fail(fault)
  }
  if (plain && !lower.includes('xn--')) return { fault: null, ascii: lower }
  const ascii = idnaToAscii(domain)
  if (ascii === null) return fail('domain-idn')
  if (ascii.length > DOMAIN_MAX) return fail('domain-too-long')
  const fault = labelFault(ascii)
  return fault ? fail(fault) : { fault: null, ascii }
}
