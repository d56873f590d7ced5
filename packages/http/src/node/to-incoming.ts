import type { IncomingMessage } from 'node:http'
import { MailError } from '@mailwright/core'
import type { Incoming } from '../request-body.js'
import { bodyStream } from './body-stream.js'

/** A request of node:http, or of a framework built on it. */
export type NodeRequest = IncomingMessage & {
  /** The body's bytes, kept by whoever has read it: Nest's `rawBody: true`, or `verify` of a body parser. */
  readonly rawBody?: unknown
}

/** The Fetch standard refuses to make requests of these. */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** The two ends of a request. */
export interface Ends {
  /** Aborts when the client leaves before the answer is written. */
  readonly left: AbortSignal
  /** When the answer is written, left to Node as a whole, or will not be. */
  readonly answered: Promise<void>
}

/** What was asked for, where a framework knows it better than `url` and `host` of the request. */
export interface Asked {
  /** Such as `https://app.example`: what a proxy that is trusted says the browser asked. */
  readonly origin?: string | undefined
  /** The target below the mount, with its query. */
  readonly target?: string
}

/**
 * The same request in the web's form. Nothing of the body is read before somebody asks.
 * If somebody has read the body and not kept its bytes, reading it fails with RAW_BODY_CONSUMED.
 */
export function toIncoming(
  req: NodeRequest,
  { left, answered }: Ends,
  { origin, target = req.url ?? '/' }: Asked = {},
): Incoming {
  const method = req.method ?? 'GET'
  if (FORBIDDEN_METHODS.has(method.toUpperCase())) throw new MailError('METHOD_NOT_ALLOWED', { allow: [] })
  // Appended, not resolved: `//other.example/` stays a path.
  const path = target.startsWith('/') ? target : absoluteForm(target)
  const url = `${onlyOrigin(origin ?? givenOrigin(req))}${path}`
  return {
    request: new Request(url, { method, headers: headersOf(req), signal: left }),
    body: () => (method === 'GET' || method === 'HEAD' ? null : bodyOf(req, answered)),
  }
}

/** HTTP/2 may say `:authority` and no `host`. */
const givenOrigin = ({ headers, socket }: NodeRequest): string =>
  `${'encrypted' in socket ? 'https' : 'http'}://${headers.host ?? headers[':authority'] ?? ''}`

/** Anybody can write anything into `Host`: what brings a path, a query or a name to sign in with would change what is asked for. */
function onlyOrigin(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  return url !== null && url.href === `${url.origin}/` ? url.origin : 'http://localhost'
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

function bodyOf(req: NodeRequest, answered: Promise<void>): ReadableStream<Uint8Array> | null {
  const { rawBody } = req
  if (rawBody instanceof Uint8Array) return new Response(new Uint8Array(rawBody)).body
  if (typeof rawBody === 'string') return new Response(rawBody).body
  if (hasNoBody(req)) return null
  if (req.readableDidRead || req.readableEnded) return consumedBody()
  return bodyStream(req, answered)
}

/** Whoever reads it learns that it is gone; who needs no body, such as a one-click request, is served all the same. */
const consumedBody = (): ReadableStream<Uint8Array> =>
  new ReadableStream(
    {
      pull(controller) {
        controller.error(new MailError('RAW_BODY_CONSUMED'))
      },
    },
    { highWaterMark: 0 },
  )

/** HTTP/2 has no transfer-encoding: a body without a length ends with its stream, which tells at once if there is none. */
function hasNoBody(req: NodeRequest): boolean {
  const { 'transfer-encoding': encoding, 'content-length': length } = req.headers
  if (length !== undefined) return Number(length) === 0
  return req.httpVersionMajor < 2 ? encoding === undefined : endsAfterHeaders(req)
}

const endsAfterHeaders = (req: object): boolean =>
  'stream' in req && Reflect.get(Object(req.stream), 'endAfterHeaders') === true
