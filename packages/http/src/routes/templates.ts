import type { Account } from '@mailwright/core'
import { created, ok } from '../answer.js'
import { createInput } from '../input.js'
import { queryOf } from '../query.js'
import { type AccountRoute, param } from '../route.js'

type CreateTemplateInput = Parameters<Account['templates']['create']>[0]

export const templateRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/templates',
    verb: 'templates.create',
    handle: async (call) => created(await call.account.templates.create(await createInput<CreateTemplateInput>(call))),
  },
  {
    method: 'GET',
    path: '/templates',
    verb: 'templates.list',
    handle: async ({ account, request }) => ok(await account.templates.list(queryOf(request))),
  },
  {
    method: 'GET',
    path: '/templates/:template',
    verb: 'templates.get',
    handle: async (call) => ok(await call.account.templates.get(param(call, 'template'))),
  },
]
