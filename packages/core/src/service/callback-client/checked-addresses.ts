import { isIP } from 'node:net'
import { isGloballyReachable } from '../../domain/network/index.js'
import type { CallbackAnswer } from '../../ports/callback-client.js'
import type { Dns } from '../../ports/dns.js'

/** Never asked of a resolver (RFC 6761 §6.3). */
const LOOPBACK = ['127.0.0.1', '::1']

export type Failed = Extract<CallbackAnswer, { type: 'failed' }>

/**
 * The addresses a host stands for, all of them checked: if one of them must not be connected to, none is (CBK-5). `host` as URL has it: names in
 * lower-case ASCII, IPv6 without brackets.
 */
export async function checkedAddresses(
  host: string,
  resolver: Pick<Dns, 'address'>,
  allowPrivateNetworks: boolean,
): Promise<readonly string[] | Failed> {
  const found = await addressesOf(host, resolver)
  if ('type' in found) return found
  const allowed = (address: string) => (allowPrivateNetworks ? isIP(address) > 0 : isGloballyReachable(address))
  return found.every(allowed) ? found : { type: 'failed', cause: 'address-refused', detail: null }
}

async function addressesOf(host: string, resolver: Pick<Dns, 'address'>): Promise<readonly string[] | Failed> {
  if (isIP(host) > 0) return [host]
  if (host === 'localhost' || host.endsWith('.localhost')) return LOOPBACK
  const answer = await resolver.address(host)
  if (answer.type === 'found') return answer.records
  return { type: 'failed', cause: 'dns', detail: answer.type === 'absent' ? 'ENOTFOUND' : answer.cause }
}
