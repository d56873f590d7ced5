import { type Inbox, MailError } from '@mailwright/core'
import type { PublicCall, PublicRoute } from '../route.js'
import { refuseOtherSites } from '../same-origin.js'
import { status } from '../status.js'
import { readDevMail, subjectOf } from './dev-mail.js'
import { listPage, mailHtml, mailPage, mailSource } from './dev-page.js'
import { requireLoopback } from './loopback.js'

/** Without `dev: true` there is nothing here, and nobody can tell that there might be (HOST-3). */
function inboxOf({ mail, request }: PublicCall): Inbox {
  if (!mail.inbox) throw new MailError('ROUTE_UNKNOWN')
  requireLoopback(request)
  return mail.inbox
}

async function show(call: PublicCall): Promise<Response> {
  const inbox = inboxOf(call)
  const query = new URL(call.request.url).searchParams
  const id = query.get('mail')
  if (id === null) {
    const mails = inbox.list().map(async (mail) => ({ ...mail, subject: await subjectOf(mail.content) }))
    return listPage(await Promise.all(mails))
  }
  const kept = inbox.get(id)
  if (!kept) throw new MailError('NOT_FOUND', { kind: 'mail' })
  if (query.get('as') === 'source') return mailSource(kept.content)
  const mail = await readDevMail(kept.content)
  return query.get('as') === 'html' ? mailHtml(mail?.html ?? '') : mailPage(kept, mail)
}

/** Clears the inbox, and goes back to it. */
async function clear(call: PublicCall): Promise<Response> {
  const inbox = inboxOf(call)
  refuseOtherSites(call.request)
  inbox.clear()
  return new Response(null, { status: status.seeOther, headers: { location: '?', 'cache-control': 'no-store' } })
}

/** What `dev: true` kept, for whoever sits at this machine. No sign-in, as in development there may be none yet. */
export const devRoutes: readonly PublicRoute[] = [
  { method: 'GET', path: '/dev', verb: 'public', handle: show },
  { method: 'POST', path: '/dev', verb: 'public', handle: clear },
]
