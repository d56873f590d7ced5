import type { Account } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import type { AccountRoute } from '../route.js'
import { routes } from './index.js'

const managed = routes.filter((route): route is AccountRoute => route.verb !== 'public')

class Called extends Error {}

/** An account on which every call, however deep, only says what was called. */
const callsOf = (path: string): Account =>
  new Proxy(() => undefined, {
    get: (_, name) => callsOf(path === '' ? String(name) : `${path}.${String(name)}`),
    apply: () => {
      throw new Called(path)
    },
  }) as unknown as Account

describe('routes', () => {
  it.each(managed)(
    'ACC-3: $method $path calls $verb, for which the role was asked, and nothing else',
    async (route) => {
      const csv = route.verb === 'groups.importCsv'
      const request = new Request(`https://app.example${route.path}`, {
        method: route.method,
        ...(route.method === 'POST'
          ? {
              body: csv ? 'email\n' : '{"addresses":[]}',
              headers: { 'content-type': csv ? 'text/csv' : 'application/json' },
            }
          : {}),
      })
      const names = route.path.split('/').filter((segment) => segment.startsWith(':'))
      const params = Object.fromEntries(names.map((name) => [name.slice(1), 'x']))
      const call = route.handle({ request, params, maxBodyBytes: 1_000, account: callsOf('') })
      await expect(call).rejects.toThrow(new Called(route.verb))
    },
  )
})
