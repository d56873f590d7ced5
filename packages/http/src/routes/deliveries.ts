import { ok } from '../answer.js'
import { queryOf } from '../query.js'
import { type AccountRoute, param } from '../route.js'

export const deliveryRoutes: readonly AccountRoute[] = [
  {
    method: 'GET',
    path: '/messages',
    verb: 'deliveries.messages',
    handle: async ({ account, request }) => ok(await account.deliveries.messages(queryOf(request))),
  },
  {
    method: 'GET',
    path: '/messages/:message/timeline',
    verb: 'deliveries.timeline',
    handle: async (call) => ok({ items: await call.account.deliveries.timeline(param(call, 'message')), next: null }),
  },
]
