import { createApiKeySchema, listApiKeysSchema, listAuditSchema } from '@mailwright/core'
import { json } from '../operation.js'
import { apiKeyView, auditView, newApiKey } from '../schemas/access.js'
import { pageOf } from '../schemas/common.js'

/** Who may come in without the host's sign-in, and who has done what. */
export const accessRoutes = [
  json('POST', '/api-keys', {
    verb: 'apiKeys.create',
    summary: 'Makes an API key, which is shown this once',
    body: createApiKeySchema,
    answer: newApiKey,
    makes: true,
    call: ({ apiKeys }, { body }) => apiKeys.create(body),
  }),
  json('GET', '/api-keys', {
    verb: 'apiKeys.list',
    summary: 'Lists API keys, newest first',
    query: listApiKeysSchema,
    answer: pageOf(apiKeyView),
    call: ({ apiKeys }, { query }) => apiKeys.list(query),
  }),
  json('DELETE', '/api-keys/:key', {
    verb: 'apiKeys.revoke',
    summary: 'Lets a key open nothing any more',
    answer: null,
    call: ({ apiKeys }, { params }) => apiKeys.revoke(params.key),
  }),
  json('GET', '/audit', {
    verb: 'audit.list',
    summary: 'Who did what over HTTP, newest first',
    query: listAuditSchema,
    answer: pageOf(auditView),
    call: ({ audit }, { query }) => audit.list(query),
  }),
]
