import { nodeListener } from '@mailwright/http'
import type { Request as ExpressRequest, RequestHandler } from 'express'

type Handler = (request: Request, native: ExpressRequest) => Promise<Response>

/** Express has taken the mount path off `req.url`, and needs no telling that the request is answered: nothing here rejects or calls `next`. */
export const mountHandler = (handler: Handler, onError?: (error: unknown) => void): RequestHandler =>
  nodeListener<ExpressRequest>(handler, onError)
