import { MailError } from '../../errors/mail-error.js'
import { parseHostName } from '../address/index.js'
import { canonicalIp } from './ip-address.js'

/** One address of the operator that may be given to an account (DIP-1). */
export interface InventoryEntry {
  readonly ip: string
  /** The name it greets with (RFC 5321 §4.1.1.1), and to which it should resolve back. */
  readonly ehlo: string
  /** The relay that owns the address, by the name the transport knows it by; null: an address of this machine. */
  readonly relay: string | null
}

/** @throws OPTIONS_INVALID naming the entry. */
export function parseInventory(
  given: readonly { readonly ip: string; readonly ehlo: string; readonly relay?: string | undefined }[],
): readonly InventoryEntry[] {
  const seen = new Set<string>()
  return given.map(({ ip: text, ehlo, relay = null }, index) => {
    const ip = canonicalIp(text)
    if (ip === null) throw refused(index, 'ip', 'an IPv4 or IPv6 address')
    if (seen.has(ip)) throw refused(index, 'ip', 'each address once')
    seen.add(ip)
    return { ip, ehlo: hostName(ehlo, index), relay }
  })
}

function hostName(ehlo: string, index: number): string {
  try {
    return parseHostName(ehlo).ascii
  } catch {
    throw refused(index, 'ehlo', 'the host name that the address greets with, such as mail1.operator.example')
  }
}

const refused = (index: number, field: string, expected: string): MailError =>
  new MailError('OPTIONS_INVALID', { field: `dedicatedIps.${index}.${field}`, expected })
