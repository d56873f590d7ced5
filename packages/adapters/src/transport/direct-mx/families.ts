import { isIP } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { Family } from './host-addresses.js'

const isLinkLocal = (address: string): boolean => /^(?:fe[89ab]|169\.254\.)/i.test(address)

/**
 * The families a connection can leave by: that of the source address if there is one, else those of which this machine has an address that leads somewhere. A
 * machine of which nothing is known tries both.
 */
export const spokenFamilies = (
  localAddress: string | null,
  loopback: boolean,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): ReadonlySet<Family> => {
  if (localAddress !== null) return new Set([isIP(localAddress) === 6 ? 6 : 4])
  const own = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => (loopback || !internal) && !isLinkLocal(address))
    .map(({ address }): Family => (isIP(address) === 6 ? 6 : 4))
  return new Set<Family>(own.length > 0 ? own : [4, 6])
}
