/** Text for HTML, in content and in quoted attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

interface PageOptions {
  readonly status: number
  /** What the page may load and who may show it, as a Content-Security-Policy; all else is forbidden. */
  readonly allow: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A page that is kept nowhere, is in no index, and runs and loads nothing that is not allowed; the token in its address goes to nobody. */
export const htmlPage = (html: string, { status, allow, headers = {} }: PageOptions): Response =>
  new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; base-uri 'none'; ${allow}`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      ...headers,
    },
  })
