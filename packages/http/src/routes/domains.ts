import {
  createDomainSchema,
  listDomainsSchema,
  MailError,
  rotateDkimSchema,
  setDomainScenarioSchema,
  tagsSchema,
} from '@mailwright/core'
import { json } from '../operation.js'
import { pageOf } from '../schemas/common.js'
import { domainView } from '../schemas/domains.js'

export const domainRoutes = [
  json('POST', '/domains', {
    verb: 'domains.create',
    summary: 'Claims a sender domain and answers its DNS checklist',
    body: createDomainSchema.omit({ trust: true }),
    answer: domainView,
    makes: true,
    call: async ({ domains }, { body }) => {
      // DOM-10: the operator's trust is given from code only, never over HTTP.
      if (typeof body === 'object' && body !== null && 'trust' in body)
        throw new MailError('INPUT_INVALID', { field: 'trust', expected: 'no such field over HTTP' })
      return domains.create(body)
    },
  }),
  json('GET', '/domains', {
    verb: 'domains.list',
    summary: 'Lists sender domains, newest first',
    query: listDomainsSchema,
    answer: pageOf(domainView),
    call: ({ domains }, { query }) => domains.list(query),
  }),
  json('GET', '/domains/:domain', {
    verb: 'domains.get',
    summary: 'Shows a domain by name or id',
    answer: domainView,
    call: ({ domains }, { params }) => domains.get(params.domain),
  }),
  json('DELETE', '/domains/:domain', {
    verb: 'domains.delete',
    summary: 'Deletes a domain that nothing uses',
    answer: null,
    call: ({ domains }, { params }) => domains.delete(params.domain),
  }),
  json('POST', '/domains/:domain/verify', {
    verb: 'domains.verify',
    summary: 'Asks DNS now',
    answer: domainView,
    call: ({ domains }, { params }) => domains.verify(params.domain),
  }),
  json('POST', '/domains/:domain/rotate-dkim', {
    verb: 'domains.rotateDkim',
    summary: 'Makes new DKIM keys; the old ones sign until DNS shows the new',
    body: rotateDkimSchema,
    answer: domainView,
    call: ({ domains }, { params, body }) => domains.rotateDkim(params.domain, body),
  }),
  json('PUT', '/domains/:domain/tags', {
    verb: 'domains.setTags',
    summary: 'Replaces all its tags',
    body: tagsSchema,
    answer: domainView,
    call: ({ domains }, { params, body }) => domains.setTags(params.domain, body),
  }),
  json('PUT', '/domains/:domain/scenario', {
    verb: 'domains.setScenario',
    summary: 'Says what its mail is for',
    body: setDomainScenarioSchema,
    answer: domainView,
    call: ({ domains }, { params, body }) => domains.setScenario(params.domain, body),
  }),
]
