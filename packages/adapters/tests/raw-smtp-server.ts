import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What a server made for one test does with the bytes as they come; `lines` splits what the client wrote in one piece. */
export interface RawConnection {
  readonly socket: Socket
  /** Writes lines, each with its CRLF. */
  say(...lines: readonly string[]): void
}

export interface RawServer {
  readonly port: number
  /** Everything each connection has sent, piece by piece as it arrived. */
  readonly pieces: readonly (readonly string[])[]
  /** Connections that stand. */
  readonly open: number
  close(): Promise<void>
}

/** A TCP server that greets and hands every piece it gets to `received`: for servers that mind how bytes are cut, not only which they are. */
export const rawSmtpServer = async (
  received: (piece: string, connection: RawConnection, number: number) => void,
  { greeting = ['220 raw.test ESMTP'] }: { readonly greeting?: readonly string[] | (() => readonly string[]) } = {},
): Promise<RawServer> => {
  const pieces: string[][] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    const number = pieces.push([]) - 1
    const connection: RawConnection = {
      socket,
      say: (...lines) => void socket.write(lines.map((line) => `${line}\r\n`).join('')),
    }
    socket.on('data', (bytes) => {
      const piece = bytes.toString('latin1')
      pieces[number]?.push(piece)
      received(piece, connection, number)
    })
    const welcome = typeof greeting === 'function' ? greeting() : greeting
    if (welcome.length > 0) connection.say(...welcome)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    pieces,
    get open() {
      return sockets.size
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
