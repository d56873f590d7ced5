import { isIP } from 'node:net'
import { type Dns, isGloballyReachable } from '@mailwright/core'

export type Family = 4 | 6

export type HostAddresses =
  | { readonly type: 'found'; readonly addresses: readonly string[] }
  | { readonly type: 'none'; readonly cause: string }

/** RFC 8305 §4: the families by turns, IPv6 first, each in the resolver's order. */
export const interleaved = (addresses: readonly string[]): readonly string[] => {
  const v6 = addresses.filter((address) => isIP(address) === 6)
  const v4 = addresses.filter((address) => isIP(address) === 4)
  return Array.from({ length: Math.max(v6.length, v4.length) }, (_, at) => [v6[at], v4[at]])
    .flat()
    .filter((address) => address !== undefined)
}

export interface AddressRules {
  /** Those that this machine, or the source address, can speak. */
  readonly families: ReadonlySet<Family>
  /** At most so many of one host. */
  readonly most: number
  readonly allowPrivateNetworks: boolean
}

/**
 * The addresses of one MX host, in the order they are tried. Whoever owns a domain writes what its MX leads to, so only addresses that are globally reachable
 * are connected to (T8), and exactly those that were looked at here.
 */
export const hostAddresses = async (
  host: string,
  dns: Pick<Dns, 'address'>,
  { families, most, allowPrivateNetworks }: AddressRules,
): Promise<HostAddresses> => {
  const answer = await dns.address(host)
  if (answer.type === 'unreachable') return { type: 'none', cause: `address lookup failed: ${answer.cause}` }
  if (answer.type === 'absent') return { type: 'none', cause: 'the MX host has no address' }
  const reachable = answer.records.filter((one) => (allowPrivateNetworks ? isIP(one) > 0 : isGloballyReachable(one)))
  if (reachable.length === 0) return { type: 'none', cause: 'the MX host has no address that may be connected to' }
  const spoken = reachable.filter((one) => families.has(isIP(one) === 6 ? 6 : 4))
  if (spoken.length === 0) return { type: 'none', cause: 'the MX host has no address of a family spoken here' }
  return { type: 'found', addresses: interleaved([...new Set(spoken)]).slice(0, most) }
}
