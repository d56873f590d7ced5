import { status } from './status.js'

const STYLE =
  'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}' +
  'button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.3rem;color:#fff;background:#0b5394;cursor:pointer}' +
  'button:focus-visible{outline:3px solid #f1a208;outline-offset:2px}'

/** Nothing from elsewhere, no scripts, in no frame; the token in the address goes to nobody. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const page = (title: string, content: string, code: number): Response =>
  new Response(
    `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`,
    { status: code, headers: HEADERS },
  )

/** A form without an action posts to the address of the page. */
export const askPage = (senderDomain: string): Response =>
  page(
    'Unsubscribe',
    `<p>Do you want no more mail from <strong>${escaped(senderDomain)}</strong>?</p><form method="post"><button type="submit">Unsubscribe</button></form>`,
    status.ok,
  )

export const donePage = (): Response =>
  page('You are unsubscribed', '<p role="status">This sender will not write to you again.</p>', status.ok)

export const unknownPage = (): Response =>
  page(
    'This link does not work',
    '<p>Open the link from the mail itself, whole, or ask the sender.</p>',
    status.notFound,
  )
