import type { InboxMail } from '@mailwright/core'
import { status } from '../status.js'
import type { DevMail } from './dev-mail.js'
import { escaped, htmlPage } from './page.js'
import { PAGE_STYLE } from './page-style.js'

const STYLE = `${PAGE_STYLE}body{max-width:60rem;font-size:1rem}table{width:100%;border-collapse:collapse}th,td{text-align:start;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid}iframe{width:100%;height:32rem;border:1px solid;background:#fff}pre{white-space:pre-wrap}`

/** `same-origin`, so that the browser says whose page it is when the button is pressed. */
const page = (title: string, content: string): Response =>
  htmlPage(
    `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`,
    {
      status: status.ok,
      allow: "style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'",
      headers: { 'referrer-policy': 'same-origin' },
    },
  )

/** All links are queries: they hold wherever the inbox is mounted. */
const linkTo = (id: string, as = ''): string =>
  escaped(`?${new URLSearchParams({ mail: id, ...(as === '' ? {} : { as }) })}`)

const time = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19)

export function listPage(mails: readonly (InboxMail & { readonly subject: string })[]): Response {
  const row = ({ id, at, from, to, subject }: (typeof mails)[number]) =>
    `<tr><td>${time(at)}</td><td>${escaped(from)}</td><td>${escaped(to.join(', '))}</td><td><a href="${linkTo(id)}">${escaped(subject || '(no subject)')}</a></td></tr>`
  const table = `<table><thead><tr><th scope="col">Time (UTC)</th><th scope="col">Return path</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${mails.map(row).join('')}</tbody></table>`
  const clear = '<form method="post"><button>Clear the inbox</button></form>'
  return page('Inbox', mails.length === 0 ? '<p>No mail yet. What this service sends is kept here.</p>' : table + clear)
}

export function mailPage({ id, at, from, to }: InboxMail, mail: DevMail | null): Response {
  const facts = `<p>${time(at)} UTC · ${escaped(from)} → ${escaped(to.join(', '))}</p>`
  const links = [
    '<a href="?">All mails</a>',
    ...(mail?.html ? [`<a href="${linkTo(id, 'html')}">HTML alone</a>`] : []),
    `<a href="${linkTo(id, 'source')}">Source</a>`,
  ]
  const frame = mail?.html
    ? `<h2>HTML</h2><iframe sandbox title="The HTML of this mail" src="${linkTo(id, 'html')}"></iframe>`
    : ''
  const text = mail?.text ? `<h2>Text</h2><pre>${escaped(mail.text)}</pre>` : ''
  const files = (mail?.attachments ?? []).map(
    ({ name, type, bytes }) => `<li>${escaped(name)} (${escaped(type)}, ${bytes} bytes)</li>`,
  )
  const attached = files.length > 0 ? `<h2>Attachments</h2><ul>${files.join('')}</ul>` : ''
  const unread = mail ? '' : '<p>This mail cannot be taken apart; see its source.</p>'
  const title = escaped(mail?.subject || '(no subject)')
  return page(title, `<p>${links.join(' ')}</p>${facts}${unread}${frame}${text}${attached}`)
}

/** Stranger's HTML, also when it is opened alone: nothing in it runs, sends or loads; no image tells anybody that the mail has been opened (T18). */
export const mailHtml = (html: string): Response =>
  htmlPage(html, {
    status: status.ok,
    allow: "sandbox; img-src data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'",
  })

export const mailSource = (content: Uint8Array): Response =>
  new Response(new Uint8Array(content), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
  })
