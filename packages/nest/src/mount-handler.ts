import { MailError } from '@mailwright/core'
import type { HttpAdapterHost } from '@nestjs/core'
import { type ExpressInstance, useOnExpress } from './on-express.js'
import { type FastifyInstance, hookOnFastify } from './on-fastify.js'

/** `native` is the request of the platform: Express's, or Fastify's own with what its plugins have put there. */
type Handler<Native> = (request: Request, native: Native) => Promise<Response>

/**
 * Puts the handler before Nest's own routes and after the middleware (on Fastify: the hooks) that the application has put in use itself.
 * @throws NOT_SUPPORTED on another platform than Express and Fastify; OPTIONS_INVALID for a path that names no place.
 */
export function mountHandler(
  { httpAdapter }: HttpAdapterHost,
  path: string,
  handler: Handler<never>,
  onError?: (error: unknown) => void,
): void {
  const place = `/${path.replace(/^\/+|\/+$/g, '')}`
  if (/[?#:*{}()]/.test(place))
    throw new MailError('OPTIONS_INVALID', { field: 'http.path', expected: 'a path such as mail' })
  const given = handler as Handler<unknown>
  const platform = httpAdapter.getType()
  if (platform === 'express') useOnExpress(httpAdapter as ExpressInstance, place, given, onError)
  else if (platform === 'fastify') hookOnFastify(httpAdapter.getInstance<FastifyInstance>(), place, given, onError)
  else throw new MailError('NOT_SUPPORTED', { platform, nearest: '@nestjs/platform-express' })
}
