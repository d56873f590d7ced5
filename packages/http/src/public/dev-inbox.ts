import { type Inbox, type InboxMail, MailError } from '@mailwright/core'
import { ok } from '../answer.js'
import type { PublicCall, PublicRoute } from '../route.js'
import { refuseOtherSites } from '../same-origin.js'
import { status } from '../status.js'
import { type DevMail, readDevMail, subjectOf } from './dev-mail.js'
import { listPage, mailHtml, mailPage, mailSource } from './dev-page.js'
import { requireLoopback } from './loopback.js'

/** Without `dev: true` there is nothing here, and nobody can tell that there might be (HOST-3). */
function inboxOf({ mail, request }: PublicCall): Inbox {
  if (!mail.inbox) throw new MailError('ROUTE_UNKNOWN')
  requireLoopback(request)
  return mail.inbox
}

const factsOf = ({ id, at, from, to }: InboxMail) => ({ id, at, from, to })

const UNREADABLE: DevMail = { subject: '', text: null, html: null, attachments: [] }

/** As pages, or with `as=json` for the console, which frames the HTML of a mail by its own address. */
async function show(call: PublicCall): Promise<Response> {
  const inbox = inboxOf(call)
  const query = new URL(call.request.url).searchParams
  const id = query.get('mail')
  const asJson = query.get('as') === 'json'
  if (id === null) {
    const listed = inbox.list().map(async (mail) => ({ ...mail, subject: await subjectOf(mail.content) }))
    const mails = await Promise.all(listed)
    return asJson ? ok({ items: mails.map((mail) => ({ ...factsOf(mail), subject: mail.subject })) }) : listPage(mails)
  }
  const kept = inbox.get(id)
  if (!kept) throw new MailError('NOT_FOUND', { kind: 'mail' })
  if (query.get('as') === 'source') return mailSource(kept.content)
  const mail = await readDevMail(kept.content)
  if (asJson) return ok({ ...factsOf(kept), ...(mail ?? UNREADABLE), html: Boolean(mail?.html) })
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
