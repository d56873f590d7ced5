import type { Dns } from '@mailwright/core'
import { isNullMx, orderMx } from './mx-order.js'

/** Where the mail of a domain goes. `none` is a definite no, and its cause the words core knows it by; `unknown` is no answer at all. */
export type MailRoute =
  | { readonly type: 'hosts'; readonly hosts: readonly string[] }
  | { readonly type: 'none'; readonly cause: string }
  /** Its best MX is this service itself. */
  | { readonly type: 'ourselves' }
  | { readonly type: 'unknown'; readonly cause: string }

export interface RouteRules {
  readonly random: () => number
  readonly most: number
  /** In lower-case ASCII. */
  readonly ownHosts: ReadonlySet<string>
}

/**
 * RFC 5321 §5.1: the MX hosts of a domain, or without any MX the domain itself. A resolver that fails is never a no, and MX records of which none can be
 * used do not lead back to the domain itself.
 */
export const mailRoute = async (
  domain: string,
  dns: Pick<Dns, 'mx' | 'address'>,
  { random, most, ownHosts }: RouteRules,
): Promise<MailRoute> => {
  const mx = await dns.mx(domain)
  if (mx.type === 'unreachable') return { type: 'unknown', cause: `MX lookup failed: ${mx.cause}` }
  if (mx.type === 'found') {
    if (isNullMx(mx.records)) return { type: 'none', cause: 'null MX: the domain takes no mail' }
    const hosts = orderMx(mx.records, random, most, ownHosts)
    if (hosts.length === 0 && orderMx(mx.records, random, most).length > 0) return { type: 'ourselves' }
    return hosts.length > 0 ? { type: 'hosts', hosts } : { type: 'unknown', cause: 'no MX record names a host' }
  }
  const address = await dns.address(domain)
  if (address.type === 'unreachable') return { type: 'unknown', cause: `address lookup failed: ${address.cause}` }
  if (address.type === 'absent') return { type: 'none', cause: 'nxdomain: the domain has neither MX nor address' }
  return ownHosts.has(domain) ? { type: 'ourselves' } : { type: 'hosts', hosts: [domain] }
}
