import { tagged } from '../answer.js'
import { type OpenApiDocument, openApiDocument } from '../openapi/document.js'
import { EXPLORER_HEADERS, explorerPage } from '../openapi/explorer-page.js'
import { EXPLORER_SCRIPT } from '../openapi/explorer-script.js'
import type { DescriptionRoute, Route } from '../route.js'

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'private, no-cache' } as const
const SCRIPT_HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'private, no-cache',
} as const

/** What is served, told by itself: the OpenAPI document and a page to try it. Made at the first request. */
export function descriptionRoutes(routes: readonly Route[]): readonly DescriptionRoute[] {
  let made: OpenApiDocument | null = null
  const document = () => {
    made ??= openApiDocument(routes)
    return made
  }
  return [
    {
      method: 'GET',
      path: '/openapi.json',
      verb: 'description',
      handle: async ({ request }) => tagged(JSON.stringify(document()), JSON_HEADERS, request),
    },
    {
      method: 'GET',
      path: '/explorer',
      verb: 'description',
      handle: async ({ request }) => tagged(explorerPage(document()), EXPLORER_HEADERS, request),
    },
    {
      method: 'GET',
      path: '/explorer.js',
      verb: 'description',
      handle: async ({ request }) => tagged(EXPLORER_SCRIPT, SCRIPT_HEADERS, request),
    },
  ]
}
