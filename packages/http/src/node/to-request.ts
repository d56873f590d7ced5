import type { IncomingMessage } from 'node:http'
import { MailError } from '@mailwright/core'
import { bodyStream } from './body-stream.js'

/** A request of node:http, or of a framework built on it. */
export type NodeRequest = IncomingMessage & {
  /** The body's bytes, kept by whoever has read it: Nest's `rawBody: true`, or `verify` of a body parser. */
  readonly rawBody?: unknown
}

/** The Fetch standard refuses to make requests of these. */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK'])

/**
 * The same request in the web's form. The body stays a stream: nothing of it is read before the handler asks.
 * @throws RAW_BODY_CONSUMED if somebody has read the body and not kept its bytes.
 */
export function toRequest(req: NodeRequest, signal: AbortSignal): Request {
  const method = req.method ?? 'GET'
  if (FORBIDDEN_METHODS.has(method.toUpperCase())) throw new MailError('METHOD_NOT_ALLOWED', { allow: [] })
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(req)
  return new Request(urlOf(req), {
    method,
    headers: headersOf(req),
    signal,
    ...(body === null ? {} : { body, duplex: 'half' }),
  })
}

/** The target is appended, not resolved: `//other.example/` stays a path. */
function urlOf({ url = '/', headers, socket }: NodeRequest): string {
  const origin = `${'encrypted' in socket ? 'https' : 'http'}://${headers.host ?? ''}`
  const path = url.startsWith('/') ? url : absoluteForm(url)
  return `${URL.canParse(origin) ? origin : 'http://localhost'}${path}`
}

/** RFC 9112 §3.2.2: a proxy may be asked with a whole URL. */
function absoluteForm(url: string): string {
  if (!URL.canParse(url)) return '/'
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}

function headersOf({ rawHeaders }: NodeRequest): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    // Pseudo headers of HTTP/2.
    if (!name.startsWith(':')) headers.append(name, rawHeaders[at + 1] ?? '')
  }
  return headers
}

function bodyOf(req: NodeRequest): ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string | null {
  const { rawBody } = req
  if (rawBody instanceof Uint8Array) return new Uint8Array(rawBody)
  if (typeof rawBody === 'string') return rawBody
  const none = req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) === 0
  if (none) return null
  if (req.readableDidRead || req.readableEnded) throw new MailError('RAW_BODY_CONSUMED')
  return bodyStream(req)
}
