import { type PublicCall, type PublicRoute, param } from '../route.js'
import { orLater } from './or-later.js'
import { pageLanguage } from './page-language.js'
import { askedBy } from './unsubscribe-form.js'
import { alreadyPage, askPage, brokenPage, donePage, undonePage } from './unsubscribe-page.js'

/** Scanners follow every link of a mail, so looking at the page changes nothing (TRK-3). */
async function show(call: PublicCall): Promise<Response> {
  const language = pageLanguage(call.request)
  const found = await call.mail.unsubscribes.find(param(call, 'token'))
  if (!found) return brokenPage(language)
  return (found.unsubscribed ? alreadyPage : askPage)({ language, ...found })
}

/** The page's buttons and RFC 8058's one-click alike. Nothing of the body is read for a token that is not ours. */
async function act(call: PublicCall): Promise<Response> {
  const { unsubscribes } = call.mail
  const language = pageLanguage(call.request)
  const token = param(call, 'token')
  const found = await unsubscribes.find(token)
  if (!found) return brokenPage(language)
  const asked = await askedBy(call)
  if (asked === 'subscribe') {
    await unsubscribes.resubscribe(token)
    return undonePage({ language, ...found })
  }
  await unsubscribes.confirm(token, { via: asked === 'one-click' ? 'one-click' : 'page' })
  return donePage({ language, ...found })
}

/**
 * What the unsubscribe link in a mail leads to. Whoever holds the token is the recipient: no sign-in, no cookie, no redirect, and no check of the
 * origin, since the one-click request comes from the mailbox provider.
 */
export const unsubscribeRoutes: readonly PublicRoute[] = [
  { method: 'GET', path: '/unsubscribe/:token', verb: 'public', handle: (call) => orLater(call, show) },
  { method: 'POST', path: '/unsubscribe/:token', verb: 'public', handle: (call) => orLater(call, act) },
]
