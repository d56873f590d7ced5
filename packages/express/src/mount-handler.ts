import { nodeListener } from '@mailwright/http'
import type { Request as ExpressRequest, RequestHandler } from 'express'

type Handler = (request: Request, native: ExpressRequest) => Promise<Response>

/**
 * Express has taken the mount path off `req.url`, Express 4 a second slash with it. It needs no telling that the request is answered: nothing here rejects
 * or calls `next`.
 */
export const mountHandler = (handler: Handler, onError?: (error: unknown) => void): RequestHandler =>
  nodeListener<ExpressRequest>(handler, onError, (req) => ({
    origin: forwardedOrigin(req),
    target: req.originalUrl === `${req.baseUrl}/${req.url}` ? `/${req.url}` : req.url,
  }))

/**
 * Where the browser believes to be, if a proxy that the application trusts says so (`app.set('trust proxy', …)`). Read here, since of Express 4's
 * `req.host` the port is missing.
 */
function forwardedOrigin(req: ExpressRequest): string | undefined {
  const trusts: unknown = req.app.get('trust proxy fn')
  const [host] = req.get('x-forwarded-host')?.split(',') ?? []
  if (host === undefined || typeof trusts !== 'function' || !trusts(req.socket.remoteAddress, 0)) return undefined
  return `${req.protocol}://${host.trim()}`
}
