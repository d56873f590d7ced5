import { isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect } from 'node:tls'
import type { Reply } from '@mailwright/core'
import { replyReader } from './reply-reader.js'

/** One connection, spoken to line by line. Once it is lost it stays lost, and `cause` says why. */
export interface Conversation {
  write(...parts: readonly (string | Buffer)[]): void
  /** The next reply; null when the connection is lost, or says nothing whole for so long. */
  next(timeoutMs: number): Promise<Reply | null>
  /** Goes on over TLS; false when that fails, which ends the connection. Certificates are checked as `options` say. */
  upgrade(host: string, options: ConnectionOptions, timeoutMs: number): Promise<boolean>
  /** Ends it from our side; what was said and not yet read counts for nothing. */
  lose(cause: string): void
  /** Said without being asked. */
  readonly pending: boolean
  readonly lost: boolean
  readonly cause: string
}

export const conversation = (opened: Socket): Conversation => {
  let socket: Socket = opened
  let reader = replyReader()
  let cause: string | null = null
  let waiter: ((reply: Reply | null) => void) | null = null
  const replies: Reply[] = []

  const lose = (why: string): void => {
    cause ??= why
    socket.destroy()
    waiter?.(null)
  }
  const listen = (): void => {
    socket.on('data', (chunk: Buffer) => {
      const read = reader.read(chunk)
      if (read === null) return lose('the server does not speak SMTP')
      replies.push(...read)
      // Nobody asks for so many.
      if (replies.length > 1_000) return lose('the server says more than it was asked')
      if (replies.length > 0) waiter?.(replies.shift() ?? null)
    })
    socket.on('error', (error: Error & { readonly code?: string }) => lose(error.code ?? error.message))
    socket.on('close', () => lose('the server ended the connection'))
  }
  opened.setNoDelay(true)
  listen()

  return {
    write(...parts) {
      if (cause !== null) return
      socket.cork()
      for (const part of parts) socket.write(part)
      socket.uncork()
    },
    next(timeoutMs) {
      const ready = replies.shift()
      if (ready !== undefined || cause !== null) return Promise.resolve(ready ?? null)
      return new Promise((resolve) => {
        const timer = setTimeout(() => lose(`no answer in ${Math.round(timeoutMs / 1_000)} s`), timeoutMs)
        waiter = (reply) => {
          waiter = null
          clearTimeout(timer)
          resolve(reply)
        }
      })
    },
    upgrade(host, options, timeoutMs) {
      // What came in the clear counts for nothing afterwards: it may be somebody else's.
      if (replies.length > 0 || reader.pending) lose('the server spoke before TLS')
      if (cause !== null) return Promise.resolve(false)
      socket.removeAllListeners('data')
      socket.removeAllListeners('close')
      socket.removeAllListeners('error')
      return new Promise((resolve) => {
        const secure = connect({ ...options, socket, ...(isIP(host) > 0 ? {} : { servername: host }) })
        const timer = setTimeout(() => secure.destroy(new Error('no TLS in time')), timeoutMs)
        const fail = (error?: Error & { readonly code?: string }) => {
          clearTimeout(timer)
          lose(`TLS failed: ${error?.code ?? error?.message ?? 'the server ended the connection'}`)
          resolve(false)
        }
        socket.once('error', fail)
        secure.once('error', fail)
        secure.once('close', () => fail())
        secure.once('secureConnect', () => {
          clearTimeout(timer)
          secure.removeAllListeners('error')
          secure.removeAllListeners('close')
          socket = secure
          reader = replyReader()
          listen()
          resolve(true)
        })
      })
    },
    lose(why) {
      // What it has said so far answers nothing of ours any more.
      replies.length = 0
      lose(why)
    },
    get pending() {
      return replies.length > 0 || reader.pending
    },
    get lost() {
      return cause !== null
    },
    get cause() {
      return cause ?? ''
    },
  }
}
