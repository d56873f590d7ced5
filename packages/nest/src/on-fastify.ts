import type { ServerResponse } from 'node:http'
import { type NodeRequest, nodeListener } from '@mailwright/http'

/** What is used of Fastify; its own types fit, and an application on Express need not have them. */
export interface FastifyInstance {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void): unknown
}

interface FastifyRequest {
  readonly raw: NodeRequest
  /** Of the proxy's headers where the application trusts it (`trustProxy`). */
  readonly host: string
  readonly protocol: string
}

interface FastifyReply {
  readonly raw: ServerResponse
  hijack(): unknown
}

/**
 * Answers in a hook: it comes before parsing, so that the body arrives unread, and before routing, so that no route of Nest's takes a path from below the
 * place, as on Express. Fastify is told to leave the answer alone.
 */
export function hookOnFastify(
  fastify: FastifyInstance,
  place: string,
  handler: (request: Request, native: FastifyRequest) => Promise<Response>,
  onError?: (error: unknown) => void,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const target = below(place, request.raw.url ?? '/')
    if (target === null) return done()
    reply.hijack()
    const asked = () => ({ target, origin: `${request.protocol}://${request.host}` })
    const listen = nodeListener((webRequest) => handler(webRequest, request), onError, asked)
    void listen(request.raw, reply.raw)
  })
}

/** The target without the place, with a slash in front; null if it is somewhere else. */
function below(place: string, target: string): string | null {
  if (place === '/') return target
  const rest = target.slice(place.length)
  if (!target.startsWith(place) || !/^([/?]|$)/.test(rest)) return null
  return rest.startsWith('/') ? rest : `/${rest}`
}
