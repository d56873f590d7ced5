import { connect } from 'node:net'
import type { AbortWatch } from '../smtp-lane/abort-watch.js'
import { type Connection, createIncoming } from '../smtp-lane/incoming.js'

export interface ConnectTo {
  readonly host: string
  readonly port: number
  readonly localAddress: string | null
  readonly timeoutMs: number
}

/** One TCP connection; of a name with several addresses the first that answers (RFC 8305, which Node follows). Rejects with an error whose message says why. */
export const connectTo = (
  { host, port, localAddress, timeoutMs }: ConnectTo,
  abortWatch: AbortWatch,
  signal: AbortSignal,
): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const incoming = createIncoming()
    const { onread } = incoming
    const socket = connect({ host, port, onread, ...(localAddress === null ? {} : { localAddress }) })
    const abort = () => socket.destroy(new Error('aborted'))
    const unwatch = abortWatch(signal, abort)
    const timer = setTimeout(() => socket.destroy(new Error('ETIMEDOUT: not connected in time')), timeoutMs)
    const done = () => {
      clearTimeout(timer)
      unwatch()
      socket.removeAllListeners('error')
    }
    socket.once('connect', () => {
      done()
      resolve({ socket, incoming })
    })
    socket.once('error', (error: Error & { readonly code?: string }) => {
      done()
      socket.on('error', () => undefined)
      reject(new Error(error.code === undefined ? error.message : `${error.code}: ${error.message}`))
    })
    if (signal.aborted) abort()
  })
