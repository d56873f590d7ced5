import { type PublicRoute, param } from '../route.js'
import { askPage, donePage, unknownPage } from '../unsubscribe-page.js'

/**
 * What the unsubscribe link in a mail leads to. Whoever holds the token is the recipient: no sign-in, no cookie, no redirect, and no check of the
 * origin, since the one-click request comes from the mailbox provider.
 */
export const unsubscribeRoutes: readonly PublicRoute[] = [
  {
    // Scanners follow every link of a mail, so looking at the page changes nothing (TRK-3).
    method: 'GET',
    path: '/unsubscribe/:token',
    verb: 'public',
    handle: async (call) => {
      const found = await call.mail.unsubscribes.find(param(call, 'token'))
      return found ? askPage(found.senderDomain) : unknownPage()
    },
  },
  {
    // The page's button and RFC 8058's `List-Unsubscribe=One-Click` alike. The body says nothing that the token does not, so it is not read.
    method: 'POST',
    path: '/unsubscribe/:token',
    verb: 'public',
    handle: async (call) => ((await call.mail.unsubscribes.confirm(param(call, 'token'))) ? donePage() : unknownPage()),
  },
]
