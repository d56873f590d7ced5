import { connect } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { Stage } from '@mailwright/core'
import type { AbortWatch } from '../smtp-lane/abort-watch.js'
import { type Connection, createIncoming } from '../smtp-lane/incoming.js'

export interface ConnectTo {
  readonly host: string
  readonly port: number
  readonly localAddress: string | null
  /** For TCP, and for TLS. */
  readonly timeoutMs: number
  /** TLS from the first byte; null: not yet. */
  readonly tls: ConnectionOptions | null
}

export type Connected =
  | { readonly type: 'connected'; readonly connection: Connection }
  | { readonly type: 'failed'; readonly stage: Stage; readonly cause: string }

/** One connection; of a name with several addresses the first that answers (RFC 8305, which Node follows). */
export const connectTo = (
  { host, port, localAddress, timeoutMs, tls }: ConnectTo,
  abortWatch: AbortWatch,
  signal: AbortSignal,
): Promise<Connected> =>
  new Promise((resolve) => {
    const incoming = createIncoming()
    const to = { host, port, onread: incoming.onread, ...(localAddress === null ? {} : { localAddress }) }
    const socket = tls === null ? connect(to) : connectTls({ ...tls, ...to })
    let stage: Stage = 'connect'
    const abort = () => socket.destroy(new Error('aborted'))
    const unwatch = abortWatch(signal, abort)
    const deadline = (cause: string) => setTimeout(() => socket.destroy(new Error(`ETIMEDOUT: ${cause}`)), timeoutMs)
    let timer = deadline('not connected in time')
    const done = (connected: Connected) => {
      clearTimeout(timer)
      unwatch()
      socket.removeListener('error', fail)
      socket.removeListener('close', closed)
      resolve(connected)
    }
    const fail = (error: Error & { readonly code?: string }) => {
      socket.on('error', () => undefined)
      const cause = error.code === undefined ? error.message : `${error.code}: ${error.message}`
      done({ type: 'failed', stage: stage === 'connect' && /ENOTFOUND|EAI_AGAIN/.test(cause) ? 'dns' : stage, cause })
    }
    const closed = () => fail(new Error('ECONNECTION: the connection was closed'))
    socket.on('error', fail)
    socket.on('close', closed)
    socket.once('connect', () => {
      if (tls === null) return done({ type: 'connected', connection: { socket, incoming } })
      clearTimeout(timer)
      stage = 'tls'
      timer = deadline('no TLS in time')
    })
    if (tls !== null) socket.once('secureConnect', () => done({ type: 'connected', connection: { socket, incoming } }))
    if (signal.aborted) abort()
  })
