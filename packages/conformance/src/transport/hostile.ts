import type { Transport, TransportRequest } from '@mailwright/core'
import { never } from './bench.js'

/** Addresses that are none, or more than one to whom reads them carelessly. core refuses them; a transport must not split them. */
export const hostileAddresses: readonly string[] = [
  'ann@example.org, evil@example.net',
  'ann@example.org,evil@example.net',
  'ann@example.org;evil@example.net',
  'ann@example.org evil@example.net',
  'ann@example.org\r\nRCPT TO:<evil@example.net>',
  'ann@example.org>\r\nRCPT TO:<evil@example.net',
  'ann@example.org> <evil@example.net',
  'ann@example.org\nBcc: evil@example.net',
  'ann@example.org\rRCPT TO:<evil@example.net>',
  '"ann\r\nRCPT TO:<evil@example.net>"@example.org',
  'Ann <evil@example.net>',
  '<evil@example.net>',
  'undisclosed: evil@example.net;',
  'ann@example.org\0@example.net',
  'ann@example.org SIZE=1',
]

/** true if the transport answered with one outcome for the whole address or refused it as ADDRESS_INVALID. */
export const refusedOrWhole = async (transport: Transport, request: TransportRequest): Promise<boolean> => {
  try {
    const { recipients } = await transport.send(request, never)
    return recipients.length === 1
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ADDRESS_INVALID'
  }
}
