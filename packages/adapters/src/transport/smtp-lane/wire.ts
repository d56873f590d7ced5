import { type ConnectionOptions, connect as connectTls, TLSSocket } from 'node:tls'
import type { Reply } from '@mailwright/core'
import type { Connection } from './incoming.js'
import { createOutbox } from './outbox.js'
import { replyReader } from './reply-reader.js'

export interface WireListener {
  reply(code: number, read: () => Reply): void
  /** The connection is over, once and for good: ended by the server, broken, or its answer overdue. */
  lost(cause: string): void
}

/** One connection: bytes out, whole replies in, and a deadline for the next of them. */
export interface Wire {
  readonly secure: boolean
  listen(listener: WireListener): void
  /** `flushed` is called when the system has taken the bytes. */
  write(bytes: string | Buffer, flushed?: () => void): void
  /** In one write. */
  writeBoth(first: Buffer, second: string): void
  /** The next reply has to be whole within `ms`; else the connection is lost, or `otherwise` is called. 0: nothing is awaited. */
  within(ms: number, otherwise?: () => void): void
  /** Continues under TLS. What the server sent ahead of its handshake is thrown away with the connection (CVE-2011-0411). */
  upgrade(options: ConnectionOptions, ms: number): Promise<void>
  /** Says no more; the server may finish. */
  end(): void
  destroy(): void
}

const causeOf = (error: Error & { readonly code?: unknown }): string =>
  `${typeof error.code === 'string' ? error.code : 'error'}: ${error.message.replace(/\s+/g, ' ')}`.slice(0, 300)

export const createWire = (connection: Connection): Wire => {
  let { socket, incoming } = connection
  let listener: WireListener | null = null
  let secure = socket instanceof TLSSocket
  let lost = false
  let deadline = 0
  let overdue: (() => void) | null = null
  let timer: NodeJS.Timeout | null = null
  let firesAt = 0
  const joined = createOutbox()

  const lose = (cause: string): void => {
    if (lost) return
    lost = true
    if (timer !== null) clearTimeout(timer)
    socket.destroy()
    listener?.lost(cause)
  }

  // Deadlines move with every reply, the timer only when it fires too early or would fire too late.
  const check = (): void => {
    timer = null
    if (deadline === 0 || lost) return
    const left = deadline - performance.now()
    if (left > 0) {
      arm(left)
      return
    }
    deadline = 0
    if (overdue === null) lose('ETIMEDOUT: no answer in time')
    else overdue()
  }
  const arm = (ms: number): void => {
    if (timer !== null) clearTimeout(timer)
    firesAt = performance.now() + ms
    timer = setTimeout(check, ms)
  }

  const attach = (): void => {
    // A reader of its own for each: half a line from before TLS begins no reply after it.
    const take = replyReader({ reply: (code, read) => listener?.reply(code, read), fault: lose })
    if (incoming === null) socket.on('data', take)
    else incoming.deliverTo(take)
    socket.on('error', (error) => lose(causeOf(error)))
    socket.on('end', () => lose('ECONNECTION: the server has ended the connection'))
    socket.on('close', () => lose('ECONNECTION: the connection was closed'))
  }
  socket.setNoDelay(true)
  attach()

  return {
    get secure() {
      return secure
    },
    listen(given) {
      listener = given
    },
    write(bytes, flushed) {
      if (lost) return
      if (flushed === undefined) socket.write(bytes, 'utf8')
      else socket.write(bytes, 'utf8', (error) => error || flushed())
    },
    writeBoth(first, second) {
      if (lost) return
      const bytes = socket.writableLength === 0 ? joined(first, second) : null
      if (bytes !== null) {
        socket.write(bytes)
      } else {
        socket.cork()
        socket.write(first)
        socket.write(second, 'utf8')
        socket.uncork()
      }
    },
    within(ms, otherwise) {
      overdue = otherwise ?? null
      deadline = ms === 0 ? 0 : performance.now() + ms
      if (deadline !== 0 && !lost && (timer === null || deadline < firesAt)) arm(ms)
    },
    upgrade: (options, ms) =>
      new Promise((resolve, reject) => {
        const plain = socket
        plain.removeAllListeners('data')
        incoming?.deliverTo(() => undefined)
        plain.removeAllListeners('end')
        plain.removeAllListeners('close')
        plain.removeAllListeners('error')
        // The listeners of the plain socket must not take its errors for those of a mail.
        plain.on('error', () => undefined)
        const upgraded = connectTls({ ...options, socket: plain })
        const giveUp = setTimeout(() => upgraded.destroy(new Error('ETIMEDOUT: no TLS in time')), ms)
        const settle = (): void => {
          clearTimeout(giveUp)
          upgraded.removeAllListeners('error')
          upgraded.removeAllListeners('close')
        }
        const fail = (error: Error): void => {
          settle()
          upgraded.on('error', () => undefined)
          upgraded.destroy()
          plain.destroy()
          lost = true
          reject(error)
        }
        upgraded.once('error', fail)
        upgraded.once('close', () => fail(new Error('ECONNECTION: the connection was closed during the handshake')))
        upgraded.once('secureConnect', () => {
          settle()
          socket = upgraded
          incoming = null
          secure = true
          attach()
          resolve()
        })
      }),
    end() {
      if (!lost) socket.end()
    },
    destroy() {
      lost = true
      if (timer !== null) clearTimeout(timer)
      socket.destroy()
    },
  }
}
