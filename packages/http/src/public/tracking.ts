import type { VisitorInput } from '@mailwright/core'
import { type PublicCall, type PublicRoute, param } from '../route.js'
import { status } from '../status.js'
import { orLater } from './or-later.js'
import { pageLanguage } from './page-language.js'
import { brokenPage } from './unsubscribe-page.js'

/** One transparent pixel, GIF89a. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

/** Asked for each time, by pages of any site: a mail is read within the mailbox provider's. */
const PIXEL_HEADERS = {
  'content-type': 'image/gif',
  'content-length': String(PIXEL.byteLength),
  'cache-control': 'no-store, private',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

/** The target gets no token, neither from the browser nor from a cache. */
const REDIRECT_HEADERS = {
  'cache-control': 'no-store, private',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

const visitorOf = ({ method, headers }: Request): VisitorInput => ({
  method,
  userAgent: headers.get('user-agent'),
  purpose: headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-purpose'),
})

/** The same image whatever the token is and whatever becomes of the visit: it tells a stranger nothing, and no mail shows a broken image. */
async function pixel(call: PublicCall): Promise<Response> {
  try {
    await call.mail.tracking.open(param(call, 'token'), visitorOf(call.request))
  } catch (error) {
    call.onError(error)
  }
  return new Response(PIXEL, { headers: PIXEL_HEADERS })
}

/** Leads to what our own mail holds, or nowhere (TRK-1, T10). */
async function click(call: PublicCall): Promise<Response> {
  const location = await call.mail.tracking.click(param(call, 'token'), visitorOf(call.request))
  if (location === null) return brokenPage(pageLanguage(call.request))
  return new Response(null, { status: status.found, headers: { ...REDIRECT_HEADERS, location } })
}

/** Where the pixel and the links of mails lead; core writes the paths (domain/tracking/dress-mail). */
export const trackingRoutes: readonly PublicRoute[] = [
  { method: 'GET', path: '/o/:token', verb: 'public', handle: pixel },
  { method: 'GET', path: '/c/:token', verb: 'public', handle: (call) => orLater(call, click) },
]
