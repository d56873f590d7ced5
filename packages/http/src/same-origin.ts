import { MailError } from '@mailwright/core'

/** A page of another site cannot set it without asking first (CORS), and no host's answer allows it to. */
export const REQUEST_HEADER = 'x-mailwright-request'

/**
 * Keeps other sites from writing with the cookie of somebody who is signed in. A write passes when
 * - it carries the header `x-mailwright-request` (any value), or
 * - the browser says that it comes from the same origin or from the person (`Sec-Fetch-Site: same-origin | none`), or
 * - its `Origin` has the host that was asked (the scheme is not compared: TLS often ends before this process), or
 * - nothing of a browser is on it: no `Sec-Fetch-Site`, no `Origin`, no `Cookie`.
 * @throws CROSS_ORIGIN otherwise.
 */
export function refuseOtherSites(request: Request): void {
  const { headers } = request
  if (headers.has(REQUEST_HEADER)) return
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  if (site === null && origin === null && !headers.has('cookie')) return
  if (site === 'same-origin' || site === 'none') return
  if (site === null && origin !== null && hostOf(origin) === new URL(request.url).host) return
  throw new MailError('CROSS_ORIGIN', { header: REQUEST_HEADER })
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)
