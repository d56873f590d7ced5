import { MailError } from '@mailwright/core'
import { hasAlready } from '../answer.js'
import type { ConsoleRoute } from '../route.js'
import { status } from '../status.js'
import { consoleFiles, type StaticFile, type StaticFiles } from './console-files.js'

/**
 * Scripts only from here, nothing from elsewhere. Styles may stand in the page: Mantine puts some there, and the preview of a mail, whose frame inherits this
 * policy, is made of them.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  vary: 'accept-encoding',
} as const
const PAGE = { ...COMMON, 'cache-control': 'private, no-cache', 'content-security-policy': PAGE_POLICY } as const
/** Their names change with their content. Private, since they are served to those who are signed in. */
const ASSET = { ...COMMON, 'cache-control': 'private, max-age=31536000, immutable' } as const

/** The web console below `<mount>/console/`. Read at its first request, then kept. */
export function consoleRoutes(read: () => Promise<StaticFiles> = consoleFiles): readonly ConsoleRoute[] {
  let reading: Promise<StaticFiles> | null = null
  const fileAt = async (path: string): Promise<StaticFile> => {
    reading ??= read()
    const file = (await reading).get(path)
    if (file === undefined) throw new MailError('ROUTE_UNKNOWN')
    return file
  }
  return [
    {
      method: 'GET',
      path: '/console',
      verb: 'console',
      handle: async ({ request }) =>
        new URL(request.url).pathname.endsWith('/') ? served(await fileAt('index.html'), PAGE, request) : withSlash(),
    },
    {
      method: 'GET',
      path: '/console/assets/:file',
      verb: 'console',
      handle: async ({ request, params }) => served(await fileAt(`assets/${params.file}`), ASSET, request),
    },
  ]
}

/** Relative, so that it holds under every mount and behind every proxy; all the page's own addresses are relative to it. */
const withSlash = (): Response =>
  new Response(null, { status: status.found, headers: { location: 'console/', 'cache-control': 'no-store' } })

function served(file: StaticFile, headers: Readonly<Record<string, string>>, request: Request): Response {
  const { etag } = file
  if (hasAlready(request, etag))
    return new Response(null, { status: status.notModified, headers: { ...headers, etag } })
  const zipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers.get('accept-encoding') ?? '')
  const encoding: Readonly<Record<string, string>> = zipped ? { 'content-encoding': 'gzip' } : {}
  return new Response(zipped ? file.gzip : file.plain(), {
    status: status.ok,
    headers: { ...headers, ...encoding, 'content-type': file.type, etag },
  })
}
