import { type AddressInfo, createServer, type Socket } from 'node:net'

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What the server knows of one mail, by the id in its content. */
export interface Seen {
  /** Final dots that arrived. */
  dots: number
  /** Of those, answered with success by bytes that were written. */
  taken: number
}

export interface RandomServer {
  readonly port: number
  readonly seen: ReadonlyMap<string, Seen>
  close(): Promise<void>
}

const FINAL_DOT = '\r\n.\r\n'

/**
 * A server that answers rightly most of the time and else refuses, closes, hangs up, hangs, stutters or talks nonsense, as its seed says. It never answers what was
 * not asked, nor what came after something it left unanswered: nobody could tell then what it meant.
 */
export const randomServer = async (seed: number): Promise<RandomServer> => {
  const random = seeded(seed)
  const seen = new Map<string, Seen>()
  const sockets = new Set<Socket>()
  const silent = new WeakSet<Socket>()
  const pipelining = random() < 0.7
  const mindsOverlap = random() < 0.3
  const trouble = random() * 0.12

  const give = (socket: Socket, right: string): boolean => {
    if (random() >= trouble) return write(socket, right)
    const kind = Math.floor(random() * 8)
    if (kind === 0) return write(socket, '450 4.2.0 not now\r\n')
    if (kind === 1) return write(socket, '550-5.1.1 no\r\n550 5.1.1 such user\r\n')
    if (kind === 2) {
      write(socket, '421 4.7.0 closing\r\n')
      socket.end()
    } else if (kind === 3) socket.destroy()
    else if (kind === 4) write(socket, 'what is this\r\n')
    else if (kind === 5)
      write(socket, Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256))).toString('latin1'))
    else if (kind === 6) silent.add(socket)
    else return write(socket, right)
    return false
  }
  const write = (socket: Socket, text: string): boolean => {
    if (random() < 0.2) {
      const cut = Math.floor(random() * text.length)
      socket.write(text.slice(0, cut))
      socket.write(text.slice(cut))
    } else socket.write(text)
    return /^2/.test(text)
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let buffered = ''
    let inContent = false
    socket.on('data', (bytes) => {
      buffered += bytes.toString('latin1')
      for (;;) {
        const end = buffered.indexOf(inContent ? FINAL_DOT : '\r\n')
        if (end < 0 || socket.destroyed || silent.has(socket)) return
        const part = buffered.slice(0, end)
        buffered = buffered.slice(end + (inContent ? FINAL_DOT.length : 2))
        if (inContent) {
          inContent = false
          const id = /X-Id: (\S+)/.exec(part)?.[1] ?? ''
          const entry = seen.get(id) ?? { dots: 0, taken: 0 }
          seen.set(id, entry)
          entry.dots += 1
          if (mindsOverlap && buffered !== '') {
            socket.write('503 5.5.1 pipelined after end of DATA\r\n')
            socket.end()
          } else if (give(socket, '250 2.0.0 queued as RND1\r\n')) entry.taken += 1
        } else if (/^EHLO/.test(part))
          give(socket, pipelining ? '250-random.test\r\n250 PIPELINING\r\n' : '250 random.test\r\n')
        else if (/^DATA/.test(part)) {
          inContent = true
          if (random() < trouble / 2) {
            inContent = false
            socket.write('451 4.3.0 not now\r\n')
          } else socket.write('354 go on\r\n')
        } else if (/^QUIT/.test(part)) socket.end('221 bye\r\n')
        else give(socket, '250 ok\r\n')
      }
    })
    give(socket, '220 random.test\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
