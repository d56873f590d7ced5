import { foldName } from './dns-row.js'

const MECHANISM = /^([+\-~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?:([:/])(.*))?$/
const MODIFIER = /^[a-z][a-z0-9._-]*=/

/** RFC 7208 §4.6.4: terms that cost a lookup; more than ten and every receiver says permerror. */
const LOOKUPS_MAX = 10
const costsLookup = /^(?:include|a|mx|ptr|exists|redirect)\b/

export type SpfFault = 'several-records' | 'allows-everyone' | 'lacks-mechanisms' | 'syntax' | 'too-many-lookups'

/** The TXT records that are SPF: version first, then a space or the end (RFC 7208 §4.5). */
export const spfRecords = (txt: readonly string[]): string[] =>
  txt.filter((record) => /^v=spf1(?: |$)/i.test(record.trim()))

function canonicalIp6(address: string): string {
  const url = `http://[${address}]/`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address
}

/** One spelling for terms that mean the same: no `+`, default prefix lengths and own name filled in, names folded. */
function canonicalTerm(term: string, domain: string): string {
  const folded = foldName(term).replace(/^\+/, '')
  const address = /^(ip[46]):([^/]*)(?:\/(\d+))?$/.exec(folded)
  if (address) {
    const [, family, ip = '', bits] = address
    const value = family === 'ip6' ? canonicalIp6(ip) : ip
    return `${family}:${value}/${bits ?? (family === 'ip6' ? 128 : 32)}`
  }
  const own = /^([-~?]?(?:a|mx))(\/.*)?$/.exec(folded)
  return own ? `${own[1]}:${domain}${own[2] ?? ''}` : folded
}

const allowsEveryone = (term: string): boolean => term === 'all' || /^ip[46]:.*\/0$/.test(term)

/** Terms up to and with `all`: what stands behind it is never looked at (RFC 7208 §5.1). */
function effectiveTerms(record: string, domain: string): string[] {
  const terms = record
    .trim()
    .split(/ +/)
    .slice(1)
    .map((term) => canonicalTerm(term, domain))
  const all = terms.findIndex((term) => /^[-~?]?all$/.test(term))
  return all < 0 ? terms : terms.slice(0, all + 1)
}

/** True if every one of the operator's mechanisms stands in the record, before `all` and with the qualifier `+`. */
export function holdsMechanisms(record: string, mechanisms: readonly string[], domain: string): boolean {
  const terms = effectiveTerms(record, domain)
  return mechanisms.every((wanted) => terms.includes(canonicalTerm(wanted, domain)))
}

/**
 * DOM-5: exactly one record, the operator's mechanisms in it with the qualifier `+`, and not open to the whole world. Null
 * if it passes. `domain` is the name the record stands at.
 */
export function spfFault(records: readonly string[], mechanisms: readonly string[], domain: string): SpfFault | null {
  const [record] = records
  if (record === undefined || records.length > 1) return 'several-records'
  const raw = record.trim().toLowerCase().split(/ +/).slice(1)
  if (!raw.every((term) => MECHANISM.test(term) || MODIFIER.test(term))) return 'syntax'
  const terms = effectiveTerms(record, domain)
  if (terms.some(allowsEveryone)) return 'allows-everyone'
  if (!holdsMechanisms(record, mechanisms, domain)) return 'lacks-mechanisms'
  const lookups = terms.filter((term) => costsLookup.test(term.replace(/^[-~?]/, ''))).length
  return lookups > LOOKUPS_MAX ? 'too-many-lookups' : null
}

/** The mechanisms of an expected row, without the version and `all`. */
export const mechanismsOf = (expected: string): string[] =>
  expected.split(' ').filter((term) => term !== 'v=spf1' && !/^[-~?+]?all$/.test(term))
