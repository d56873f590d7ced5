import type { Account } from '@mailwright/core'
import { created, ok } from '../answer.js'
import { createInput, headerKey } from '../input.js'
import { queryOf } from '../query.js'
import { limitedBody, requireType } from '../request-body.js'
import { type AccountRoute, param } from '../route.js'

type Groups = Account['groups']
type CreateGroupInput = Parameters<Groups['create']>[0]
type ImportOptions = NonNullable<Parameters<Groups['importCsv']>[2]>

export const groupRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/groups',
    verb: 'groups.create',
    handle: async (call) => created(await call.account.groups.create(await createInput<CreateGroupInput>(call))),
  },
  {
    method: 'GET',
    path: '/groups',
    verb: 'groups.list',
    handle: async ({ account, request }) => ok(await account.groups.list(queryOf(request))),
  },
  {
    method: 'GET',
    path: '/groups/:group',
    verb: 'groups.get',
    handle: async (call) => ok(await call.account.groups.get(param(call, 'group'))),
  },
  {
    method: 'GET',
    path: '/groups/:group/recipients',
    verb: 'groups.recipients',
    handle: async (call) => ok(await call.account.groups.recipients(param(call, 'group'), queryOf(call.request))),
  },
  {
    // The file is the body, as it is, and goes to the import while it arrives (GRP-3). `?mode=append|replace`
    method: 'POST',
    path: '/groups/:group/import',
    verb: 'groups.importCsv',
    handle: async (call) => {
      const { account, request, maxBodyBytes } = call
      requireType(request, ['text/csv', 'application/octet-stream'])
      const file = limitedBody(request, maxBodyBytes)
      const idempotencyKey = headerKey(request)
      const options = { ...queryOf(request), ...(idempotencyKey === null ? {} : { idempotencyKey }) }
      return ok(await account.groups.importCsv(param(call, 'group'), file, options as ImportOptions))
    },
  },
]
