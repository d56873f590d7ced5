import { type Account, MailError } from '@mailwright/core'
import { created, ok } from '../answer.js'
import { createInput } from '../input.js'
import { queryOf } from '../query.js'
import { type AccountRoute, param } from '../route.js'

type Domains = Account['domains']
type CreateDomainInput = Parameters<Domains['create']>[0]
type ListDomainsInput = Parameters<Domains['list']>[0]

export const domainRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/domains',
    verb: 'domains.create',
    handle: async (call) => {
      const input = await createInput<CreateDomainInput>(call)
      // DOM-10: the operator's trust is given from code only, never over HTTP.
      if (typeof input === 'object' && input !== null && 'trust' in input) {
        throw new MailError('INPUT_INVALID', { field: 'trust', expected: 'no such field over HTTP' })
      }
      return created(await call.account.domains.create(input))
    },
  },
  {
    method: 'GET',
    path: '/domains',
    verb: 'domains.list',
    handle: async ({ account, request }) => ok(await account.domains.list(queryOf(request) as ListDomainsInput)),
  },
  {
    method: 'GET',
    path: '/domains/:domain',
    verb: 'domains.get',
    handle: async (call) => ok(await call.account.domains.get(param(call, 'domain'))),
  },
  {
    method: 'POST',
    path: '/domains/:domain/verify',
    verb: 'domains.verify',
    handle: async (call) => ok(await call.account.domains.verify(param(call, 'domain'))),
  },
]
