import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'

/** What a callback receiver does wrong; `tls error`: it speaks no TLS where it is asked to. */
export const RECEIVER_FAULTS = [
  '500',
  '301',
  '410',
  '429 with Retry-After',
  'hangs',
  'answers 1 GB',
  'slow-loris',
  'hangs up',
  'tls error',
] as const
export type ReceiverFault = (typeof RECEIVER_FAULTS)[number]

export interface HostileReceiver {
  readonly url: string
  /** `webhook-id` of each callback that was taken with a 2xx, in order. */
  readonly taken: readonly string[]
  /** And of each that met the fault; nothing is read of those that never got so far. */
  readonly met: readonly string[]
  well(): void
  close(): Promise<void>
}

const GB = 2 ** 30

/** A real HTTP server that answers pings, and everything else as the fault says until it is `well`. */
export async function hostileReceiver(fault: ReceiverFault): Promise<HostileReceiver> {
  const taken: string[] = []
  const met: string[] = []
  const sockets = new Set<Socket>()
  let sick = true

  const misbehave = (response: ServerResponse): void => {
    switch (fault) {
      case '500':
      case '410':
        response.writeHead(Number(fault)).end()
        return
      case '301':
        response.writeHead(301, { location: '/elsewhere' }).end()
        return
      case '429 with Retry-After':
        response.writeHead(429, { 'retry-after': '120' }).end()
        return
      case 'answers 1 GB':
        response.writeHead(500, { 'content-length': GB })
        pour(response)
        return
      case 'slow-loris':
        drip(response)
        return
      case 'hangs up':
        response.destroy()
        return
      default:
    }
  }

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const id = String(request.headers['webhook-id'])
      if (body.includes('"event":"ping"')) response.writeHead(204).end()
      else if (sick) {
        met.push(id)
        misbehave(response)
      } else {
        taken.push(id)
        response.writeHead(204).end()
      }
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server)
  return {
    url: `${fault === 'tls error' ? 'https' : 'http'}://127.0.0.1:${port}/`,
    taken,
    met,
    well() {
      sick = false
      for (const socket of sockets) socket.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** As much as is read, up to a gigabyte. */
function pour(response: ServerResponse): void {
  const piece = Buffer.alloc(64 * 1_024)
  let left = GB
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length
      if (!response.write(piece)) {
        response.once('drain', more)
        return
      }
    }
    response.end()
  }
  more()
}

/** One byte of a header line now and then: the head never ends. */
function drip(response: ServerResponse): void {
  const { socket } = response
  socket?.write('HTTP/1.1 500 slow\r\n')
  const timer = setInterval(() => socket?.write('x'), 20)
  socket?.once('close', () => clearInterval(timer))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
