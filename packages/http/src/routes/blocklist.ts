import { MailError } from '@mailwright/core'
import { ok } from '../answer.js'
import { jsonInput } from '../input.js'
import type { AccountRoute } from '../route.js'

export const blocklistRoutes: readonly AccountRoute[] = [
  {
    // A question with a body, so that addresses stand in no access log. `{ "addresses": [...] }`
    method: 'POST',
    path: '/blocklist/lookup',
    verb: 'blocklist.lookup',
    handle: async (call) => {
      const input = await jsonInput<unknown>(call)
      const fields = typeof input === 'object' && input !== null ? Object.keys(input) : []
      const addresses = (input as { readonly addresses?: unknown } | null)?.addresses
      if (!Array.isArray(addresses) || fields.length !== 1) {
        throw new MailError('INPUT_INVALID', { field: 'addresses', expected: 'addresses, a list, and nothing else' })
      }
      return ok({ items: await call.account.blocklist.lookup(addresses as readonly string[]), next: null })
    },
  },
]
