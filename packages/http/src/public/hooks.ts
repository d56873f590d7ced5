import { ok } from '../answer.js'
import { wholeBody } from '../request-body.js'
import { type PublicCall, type PublicRoute, param } from '../route.js'

/** No provider's batch of events is as large, and the event sources take no more. */
const MAX_BYTES = 1_048_576
/** Providers wait 10 to 30 seconds for the answer, and send from machines that are not slow. */
const WITHIN_MS = 10_000

/**
 * The raw bytes, since they are what is signed. The status says whether the provider should come again: 5xx and 408 when it is for us to mend, 4xx when the request
 * will not get better. 200, and not 204, for what is stored: Mailgun and Postmark know no other success. Nothing of the events is told.
 */
async function receive(call: PublicCall): Promise<Response> {
  const { request, maxBodyBytes } = call
  const { pathname, search } = new URL(request.url)
  const { method, headers } = request
  const bytes = await wholeBody(call, { maxBytes: Math.min(maxBodyBytes, MAX_BYTES), withinMs: WITHIN_MS })
  await call.mail.ingest.provider(param(call, 'name'), { method, url: `${pathname}${search}`, headers, body: bytes })
  return ok({ ok: true })
}

/** Where providers post what became of mail; each is believed by its signature, or by the secret that stands in the path or a header (T32). */
export const hookRoutes: readonly PublicRoute[] = [
  { method: 'POST', path: '/hooks/:name', verb: 'public', handle: receive },
  { method: 'POST', path: '/hooks/:name/:secret', verb: 'public', handle: receive },
]
