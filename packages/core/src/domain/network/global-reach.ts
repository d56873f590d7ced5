import { blockOf, type IpBytes, isWithin, readIp } from './ip-address.js'
import { GLOBAL_UNICAST_BLOCK, NAT64_BLOCK, SPECIAL_BLOCKS } from './special-purpose.js'

const special = SPECIAL_BLOCKS.map(({ block }) => blockOf(block))
const nat64 = blockOf(NAT64_BLOCK)
const unicast = blockOf(GLOBAL_UNICAST_BLOCK)

/**
 * Whether an address may be connected to on somebody else's word (CBK-5): it can be read, it lies in no special block, and if it is IPv6 it lies in what
 * has been given out. Addresses that stand for an IPv4 address are refused (mapped, compatible, 6to4, Teredo: no server needs them) or, where a
 * network has nothing else (NAT64), judged by it.
 */
export function isGloballyReachable(address: string): boolean {
  const bytes = readIp(address)
  return bytes !== null && reaches(bytes)
}

function reaches(bytes: IpBytes): boolean {
  if (isWithin(bytes, nat64)) return reaches(bytes.slice(12))
  if (special.some((block) => isWithin(bytes, block))) return false
  return bytes.length === 4 || isWithin(bytes, unicast)
}
