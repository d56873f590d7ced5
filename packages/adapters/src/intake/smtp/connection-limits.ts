import type { Server, Socket } from 'node:net'

/** Ends every connection after so long, however busy it looks: a client that sends a byte a minute is never idle. */
export function endLateConnections(server: Server, afterMs: number): void {
  server.on('connection', (socket: Socket) => {
    const end = setTimeout(() => socket.destroy(), afterMs)
    end.unref()
    socket.once('close', () => clearTimeout(end))
  })
}

/** How many connections each address has open. */
export function createPerAddress(most: number) {
  const open = new Map<string, number>()
  return {
    /** false: it has as many as it may. */
    enter(address: string): boolean {
      const count = open.get(address) ?? 0
      if (count >= most) return false
      open.set(address, count + 1)
      return true
    },
    leave(address: string): void {
      const count = (open.get(address) ?? 1) - 1
      if (count > 0) open.set(address, count)
      else open.delete(address)
    },
  }
}
