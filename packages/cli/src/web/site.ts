import type { Logger, MailService } from '@mailwright/core'
import { createHttpHandler, type HttpHandler, wrapHandler } from '@mailwright/http'
import type { Probes } from './probes.js'
import type { WhoCalls } from './who-calls.js'

export interface SiteParts {
  readonly mail: MailService
  readonly who: WhoCalls
  readonly probe: Probes
  readonly logger: Logger
  readonly basePath: string
}

/** Browsers ask for a password at this and send it again to everything of the realm; who came with an API key is no browser. */
function challenged(request: Request, response: Response): Response {
  if (response.status !== 401 || /^bearer /i.test(request.headers.get('authorization') ?? '')) return response
  const headers = new Headers(response.headers)
  headers.set('www-authenticate', 'Basic realm="Mailwright", charset="UTF-8"')
  return new Response(response.body, { status: response.status, headers })
}

/** All that `serve` answers: the probes, the way from `/` to the console, and Mailwright's own routes below `basePath`. */
export function site({ mail, who, probe, logger, basePath }: SiteParts): HttpHandler {
  const handler = createHttpHandler(mail, {
    authorize: who.authorize,
    basePath,
    console: who.console,
    onError: (error) => logger.log('error', 'request-failed', { error, stack: error }),
  })
  return wrapHandler(handler, async (request, next) => {
    const probed = await probe.answer(request)
    if (probed !== null) return probed
    if (who.console && request.method === 'GET' && new URL(request.url).pathname === '/')
      return new Response(null, { status: 302, headers: { location: `${basePath}/console/` } })
    const response = await next()
    return who.asksForPassword ? challenged(request, response) : response
  })
}
