import { status } from './status.js'

const withJson = (body: unknown, code: number): Response =>
  new Response(JSON.stringify(body), {
    status: code,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  })

export const ok = (body: unknown): Response => withJson(body, status.ok)
export const created = (body: unknown): Response => withJson(body, status.created)
export const unavailable = (body: unknown): Response => withJson(body, status.unavailable)
