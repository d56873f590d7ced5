import { connect, type Socket } from 'node:net'
import { race } from './race.js'

export type Connected =
  | { readonly type: 'connected'; readonly socket: Socket }
  | { readonly type: 'failed'; readonly cause: string; readonly ours: boolean }

export interface ConnectOptions {
  readonly port: number
  readonly localAddress: string | null
  /** For each address. */
  readonly timeoutMs: number
}

/** Faults of this machine, of which no host is to be blamed. */
const ours: ReadonlySet<unknown> = new Set([
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'EADDRINUSE',
  'ENOBUFS',
  'EACCES',
  'EPERM',
  'ENETUNREACH',
  'ENETDOWN',
])

const connectTo = (
  address: string,
  { port, localAddress, timeoutMs }: ConnectOptions,
  signal: AbortSignal,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, ...(localAddress === null ? {} : { localAddress }) })
    const stop = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => stop(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })), timeoutMs)
    const abort = () => stop(new Error('aborted'))
    signal.addEventListener('abort', abort, { once: true })
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    socket.once('connect', () => {
      done()
      // Whoever takes it over has listeners of his own; until then nothing may be thrown.
      socket.on('error', () => undefined)
      resolve(socket)
    })
    socket.once('error', (error) => {
      done()
      reject(error)
    })
  })

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null)

/**
 * What it means that no address took the connection. One that was there and did not take it says more than those that this machine has no way to: else a
 * machine with an address of a family and no route would blame no host, and ask a dead one for every mail.
 */
export const failureOf = (
  errors: readonly unknown[],
  { localAddress, aborted }: { readonly localAddress: string | null; readonly aborted: boolean },
): Connected => {
  const error = errors.find((one) => !ours.has(codeOf(one))) ?? errors[0]
  const code = codeOf(error)
  if (code === 'EADDRNOTAVAIL' && localAddress !== null)
    return { type: 'failed', cause: 'EADDRNOTAVAIL: the source address is not one of this machine', ours: true }
  const cause = typeof code === 'string' ? code : error instanceof Error ? error.message : 'failed'
  return { type: 'failed', cause, ours: ours.has(code) || aborted }
}

/** One TCP connection to the first of a host's addresses that takes it (RFC 8305); to no other address than these. */
export const connectFirst = async (
  addresses: readonly string[],
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<Connected> => {
  const drop = (socket: Socket) => {
    socket.on('error', () => undefined)
    socket.destroy()
  }
  const result = await race(addresses, (address, end) => connectTo(address, options, end), { drop, signal })
  if (result.type === 'won') return { type: 'connected', socket: result.value }
  return failureOf(result.errors, { localAddress: options.localAddress, aborted: signal.aborted })
}
