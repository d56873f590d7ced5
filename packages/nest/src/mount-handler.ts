import { MailError } from '@mailwright/core'
import { type NodeRequest, nodeListener } from '@mailwright/http'
import type { HttpAdapterHost } from '@nestjs/core'

type Handler = (request: Request, native: NodeRequest) => Promise<Response>

/**
 * Puts the handler before Nest's own routes and after the middleware that the application has put in use itself.
 * @throws NOT_SUPPORTED on another platform than Express; OPTIONS_INVALID for a path that names no place.
 */
export function mountHandler(
  { httpAdapter }: HttpAdapterHost,
  path: string,
  handler: Handler,
  onError?: (error: unknown) => void,
): void {
  const platform = httpAdapter.getType()
  if (platform !== 'express') throw new MailError('NOT_SUPPORTED', { platform, nearest: '@nestjs/platform-express' })
  const place = `/${path.replace(/^\/+|\/+$/g, '')}`
  if (/[?#:*{}()]/.test(place))
    throw new MailError('OPTIONS_INVALID', { field: 'http.path', expected: 'a path such as mail' })
  httpAdapter.use(place, nodeListener<NodeRequest>(handler, onError))
}
