import { createHash } from 'node:crypto'
import { ReadyResponse } from './ready-response.js'
import { status } from './status.js'

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

const withJson = (body: unknown, code: number): Response =>
  new ReadyResponse(JSON.stringify(body), { status: code, headers: HEADERS })

export const ok = (body: unknown): Response => withJson(body, status.ok)
export const unavailable = (body: unknown): Response => withJson(body, status.unavailable)
export const noContent = (): Response =>
  new Response(null, { status: status.noContent, headers: { 'cache-control': 'no-store' } })

/** JSON; what was read carries an ETag (RFC 9110 §8.8.3), so that a client that polls is told 304 while nothing has changed. */
export function answered(body: unknown, code: number, request: Request): Response {
  return request.method === 'GET' || request.method === 'HEAD'
    ? tagged(JSON.stringify(body), HEADERS, request)
    : withJson(body, code)
}

export const etagOf = (content: string | Uint8Array): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`

/** Whether the client says that it has what carries this tag (RFC 9110 §13.1.2). */
export function hasAlready(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match')?.split(',') ?? []
  return known.map((one) => one.trim()).some((one) => one === '*' || one.replace(/^W\//, '') === etag)
}

/** 200 with an ETag of the content, or 304 for a client that has it. */
export function tagged(content: string, headers: Readonly<Record<string, string>>, request: Request): Response {
  const etag = etagOf(content)
  return hasAlready(request, etag)
    ? new Response(null, {
        status: status.notModified,
        headers: { etag, 'cache-control': headers['cache-control'] ?? '' },
      })
    : new ReadyResponse(content, { status: status.ok, headers: { ...headers, etag } })
}
