import { type Account, MailError, type MailService } from '@mailwright/core'
import { audited } from './audited.js'
import { type Caller, readCaller, requireOperator, requireRole } from './caller.js'
import { consoleRoutes } from './console/console-routes.js'
import { matchRoute } from './match-route.js'
import { type CheckedOptions, checkOptions, type HttpOptions } from './options.js'
import { problemResponse } from './problem.js'
import type { Incoming } from './request-body.js'
import type { Route } from './route.js'
import { routes } from './routes/index.js'
import { refuseOtherSites } from './same-origin.js'
import { taggedAccount } from './tagged-account.js'
import { type HttpHandler, webHandler } from './web-handler.js'

/**
 * The whole of Mailwright's HTTP surface as one web-standard function. Whatever serves HTTP can mount it; the bindings only convert.
 * @throws OPTIONS_INVALID at once, also when there is no `authorize`.
 */
export function createHttpHandler<Native = unknown>(
  mail: MailService,
  options: HttpOptions<Native>,
): HttpHandler<Native> {
  const checked = checkOptions(options)
  const table = checked.console ? [...routes, ...consoleRoutes()] : routes
  return webHandler(async (incoming, native) => {
    try {
      const response = await answer(mail, table, checked, incoming, native)
      return incoming.request.method === 'HEAD' ? await headOf(response) : response
    } catch (error) {
      return problemResponse(error, checked.onError)
    }
  })
}

/** RFC 9110 §9.3.2. What would have streamed is let go, or it would wait for a reader for ever. */
async function headOf(response: Response): Promise<Response> {
  const head = new Response(null, response)
  await response.body?.cancel()
  return head
}

async function answer<Native>(
  mail: MailService,
  table: readonly Route[],
  { authorize, basePath, maxBodyBytes, bodyTimeoutMs, onError = () => undefined }: CheckedOptions<Native>,
  { request, body }: Incoming,
  native: Native,
): Promise<Response> {
  const { route, params } = matchRoute(table, request.method, pathBelow(basePath, request))
  const call = { request, body, params, maxBodyBytes, bodyTimeoutMs }
  if (route.verb === 'public') return route.handle({ ...call, mail, onError })
  const caller = readCaller(await authorize(request, native))
  requireAccess(caller, route)
  if (route.method !== 'GET') refuseOtherSites(request)
  switch (route.verb) {
    case 'description':
      return route.handle({ ...call, caller, mail })
    case 'console':
      return route.handle(call)
    case 'operator':
      return route.handle({ ...call, mail })
    default: {
      const run = (account: Account) => route.handle({ ...call, account: taggedAccount(account, caller.tags) })
      return audited(mail.account(caller.account), caller, route, call, run, onError)
    }
  }
}

/** @throws FORBIDDEN */
function requireAccess(caller: Caller, { verb }: Exclude<Route, { verb: 'public' }>): void {
  if (verb === 'operator') requireOperator(caller)
  else if (verb !== 'description' && verb !== 'console') requireRole(caller, verb)
}

function pathBelow(basePath: string, request: Request): string {
  const { pathname } = new URL(request.url)
  if (basePath === '') return pathname
  if (pathname === basePath) return '/'
  if (!pathname.startsWith(`${basePath}/`)) throw new MailError('ROUTE_UNKNOWN')
  return pathname.slice(basePath.length)
}
