import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { CallbackAnswer, CallbackFailure, CallbackRequest } from '../../ports/callback-client.js'
import { retryAfterSeconds } from './retry-after.js'

/** An answer is not read beyond this, nor for longer once its status is known: the rest says nothing to us. */
const READ_BYTES = 64 * 1024
const READ_MS = 1_000
const HEADER_BYTES = 16 * 1024

export interface Target {
  readonly url: URL
  /** Checked; the one that is connected to. */
  readonly address: string
  /** The name it has in Host and in TLS: the URL's, without brackets and final dot. */
  readonly host: string
  readonly ca: string | readonly string[] | undefined
  /** Given up if there is no connection by then; null: waits until the signal. */
  readonly connectMs: number | null
}

/** `reached`: whether a connection came about; if not, another address may be tried. */
export type Attempt = { readonly reached: boolean; readonly answer: CallbackAnswer }

/** One POST over a connection of its own to exactly this address: no agent, hence no proxy and no connection of somebody else's. */
export function postToAddress(
  { url, address, host, ca, connectMs }: Target,
  { headers, body }: CallbackRequest,
  signal: AbortSignal,
): Promise<Attempt> {
  const secure = url.protocol === 'https:'
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const named = isIP(host) === 6 ? `[${host}]` : host
  return new Promise((resolve) => {
    let reached = false
    let status: CallbackAnswer | null = null
    let timer: NodeJS.Timeout | undefined
    const end = (cause: CallbackFailure, detail: string | null) =>
      resolve({ reached, answer: status ?? { type: 'failed', cause, detail } })
    const destroyAfter = (ms: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => request.destroy(), ms)
    }
    const request = (secure ? requestHttps : requestHttp)({
      method: 'POST',
      host: address,
      port,
      path: `${url.pathname}${url.search}`,
      headers: {
        ...headers,
        host: url.port === '' ? named : `${named}:${port}`,
        'content-length': Buffer.byteLength(body),
        connection: 'close',
      },
      agent: false,
      maxHeaderSize: HEADER_BYTES,
      signal,
      ...(secure ? { servername: isIP(host) > 0 ? '' : host, ...(ca === undefined ? {} : { ca: [ca].flat() }) } : {}),
    })
    if (connectMs !== null) destroyAfter(connectMs)
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        reached = true
        clearTimeout(timer)
      })
    })
    request.on('response', (response) => {
      const { statusCode = 0, headers } = response
      status = {
        type: 'answered',
        status: statusCode,
        retryAfterSeconds: retryAfterSeconds(headers['retry-after'], headers.date),
      }
      let bytes = 0
      destroyAfter(READ_MS)
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > READ_BYTES) request.destroy()
      })
      response.on('error', () => undefined)
    })
    request.on('error', (error: Error & { readonly code?: string }) => {
      const cause = causeOf(error, reached)
      end(cause, cause === 'aborted' ? null : (error.code ?? null))
    })
    request.on('close', () => {
      clearTimeout(timer)
      end(reached ? 'connection-lost' : 'connect', null)
    })
    request.end(body)
  })
}

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|CRL_)/

function causeOf({ name, code = '' }: Error & { readonly code?: string }, reached: boolean): CallbackFailure {
  if (name === 'AbortError') return 'aborted'
  if (tlsCodes.test(code)) return 'tls'
  if (code.startsWith('HPE_')) return 'no-http'
  return reached ? 'connection-lost' : 'connect'
}
