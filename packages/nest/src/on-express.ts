import { type NodeRequest, nodeListener } from '@mailwright/http'

/** What is used of Nest's adapter for Express, and of Express's request. */
export interface ExpressInstance {
  use(path: string, middleware: (req: ExpressRequest, res: never) => unknown): unknown
}

type ExpressRequest = NodeRequest & {
  readonly protocol: string
  readonly app: { get(setting: string): unknown }
}

/** Express has taken the mount path off `req.url`. */
export function useOnExpress(
  express: ExpressInstance,
  place: string,
  handler: (request: Request, native: ExpressRequest) => Promise<Response>,
  onError?: (error: unknown) => void,
): void {
  express.use(
    place,
    nodeListener<ExpressRequest>(handler, onError, (req) => ({ origin: forwardedOrigin(req) })),
  )
}

/** Where the browser believes to be, if a proxy that the application trusts says so (`app.set('trust proxy', …)`). */
function forwardedOrigin({ app, headers, protocol, socket }: ExpressRequest): string | undefined {
  const trusts = app.get('trust proxy fn')
  const [host] = String(headers['x-forwarded-host'] ?? '').split(',')
  const trusted = typeof trusts === 'function' && trusts(socket.remoteAddress, 0) === true
  return trusted && host ? `${protocol}://${host.trim()}` : undefined
}
