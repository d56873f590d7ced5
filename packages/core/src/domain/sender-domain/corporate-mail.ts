import type { DomainDns } from './checklist.js'
import { foldName } from './dns-row.js'
import type { DnsFact, DnsQuestion } from './judge.js'
import { holdsMechanisms, spfRecords } from './spf.js'

/** DOM-6. A type, so that it is storable as JSON. */
export type CorporateMail = {
  readonly conflict: 'mx' | 'spf'
  /** The records that belong to somebody else. */
  readonly found: readonly string[]
  readonly advice: string
}

/** What has to be looked up before a domain is taken (DOM-6). */
export const corporateMailQuestions = (name: string): DnsQuestion[] => [
  { type: 'MX', name },
  { type: 'TXT', name },
]

/**
 * DOM-6: says that people already get or send mail under this name, and advises a subdomain; null if nothing speaks for
 * it. A null MX (RFC 7505) takes no mail and a failed lookup proves nothing.
 */
export function corporateMail(
  domain: { readonly name: string; readonly dns: DomainDns },
  facts: readonly DnsFact[],
): CorporateMail | null {
  const { name, dns } = domain
  const advice = `mail.${name}`
  const ours = dns.bounceMx === undefined ? '' : foldName(dns.bounceMx)
  for (const fact of facts) {
    if (fact.type !== 'MX' || fact.name !== name || fact.answer.type !== 'found') continue
    const found = fact.answer.records.map(({ exchange }) => foldName(exchange)).filter((host) => host && host !== ours)
    if (found.length > 0) return { conflict: 'mx', found, advice }
  }
  for (const fact of facts) {
    if (fact.type !== 'TXT' || fact.name !== name || fact.answer.type !== 'found') continue
    const found = spfRecords(fact.answer.records).filter((record) => !holdsMechanisms(record, dns.spf, name))
    if (found.length > 0) return { conflict: 'spf', found, advice }
  }
  return null
}
