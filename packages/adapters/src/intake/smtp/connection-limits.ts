import type { Server, Socket } from 'node:net'

/** Ends every connection after so long, however busy it looks: a client that sends a byte a minute is never idle. */
export function endLateConnections(server: Server, afterMs: number): void {
  server.on('connection', (socket: Socket) => {
    const end = setTimeout(() => socket.destroy(), afterMs)
    end.unref()
    socket.once('close', () => clearTimeout(end))
  })
}

const groupsOf = (part: string): readonly string[] => (part === '' ? [] : part.split(':'))

/** What one client has: an IPv4 address, or of IPv6 the 64 bits that a subscriber is given whole (RFC 4291 §2.5.4, RFC 6177). */
const clientOf = (address: string): string => {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [before = '', after] = address.split('::')
  const [front, back] = [groupsOf(before), groupsOf(after ?? '')]
  const zeros = after === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0')
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(':')
}

/** How many connections each client has open. */
export function createPerAddress(most: number) {
  const open = new Map<string, number>()
  return {
    /** false: it has as many as it may. */
    enter(address: string): boolean {
      const client = clientOf(address)
      const count = open.get(client) ?? 0
      if (count >= most) return false
      open.set(client, count + 1)
      return true
    },
    leave(address: string): void {
      const client = clientOf(address)
      const count = (open.get(client) ?? 1) - 1
      if (count > 0) open.set(client, count)
      else open.delete(client)
    },
  }
}
