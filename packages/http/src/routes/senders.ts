import type { Account } from '@mailwright/core'
import { created, ok } from '../answer.js'
import { createInput } from '../input.js'
import { queryOf } from '../query.js'
import type { AccountRoute } from '../route.js'

type CreateSenderInput = Parameters<Account['senders']['create']>[0]

export const senderRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/senders',
    verb: 'senders.create',
    handle: async (call) => created(await call.account.senders.create(await createInput<CreateSenderInput>(call))),
  },
  {
    method: 'GET',
    path: '/senders',
    verb: 'senders.list',
    handle: async ({ account, request }) => ok(await account.senders.list(queryOf(request))),
  },
]
