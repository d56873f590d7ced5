import { type Account, type Verb, verbs } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import type { AccountRoute, Route } from '../route.js'
import { routes } from './index.js'

const ofAnAccount = (route: Route): route is AccountRoute =>
  route.verb !== 'public' && route.verb !== 'operator' && route.verb !== 'description' && route.verb !== 'console'
const managed = routes.filter(ofAnAccount)

class Called extends Error {}

/** An account on which every call, however deep, only says what was called. */
const callsOf = (path: string): Account =>
  new Proxy(() => undefined, {
    get: (_, name) => callsOf(path === '' ? String(name) : `${path}.${String(name)}`),
    apply: () => {
      throw new Called(path)
    },
  }) as unknown as Account

/** One body that every route that takes one lets through to core. */
const bodies: Readonly<Record<string, string>> = {
  '/blocklist/lookup': '{"addresses":[]}',
  '/blocklist/invalid/remove': '{"addresses":[]}',
  '/blocklist/custom/remove': '{"targets":[]}',
  '/people/export': '{"address":""}',
  '/people/erase': '{"address":""}',
}

describe('routes', () => {
  it.each(managed)(
    'ACC-3: $method $path calls $verb, for which the role was asked, and nothing else',
    async (route) => {
      const isFile = route.body === 'csv'
      const request = new Request(`https://app.example${route.path}`, {
        method: route.method,
        ...(route.body
          ? {
              body: isFile ? 'email\n' : (bodies[route.path] ?? '{}'),
              headers: { 'content-type': isFile ? 'text/csv' : 'application/json' },
            }
          : {}),
      })
      const names = route.path.split('/').filter((segment) => segment.startsWith(':'))
      const params = Object.fromEntries(names.map((name) => [name.slice(1), 'x']))
      const body = () => request.body
      const limits = { maxBodyBytes: 1_000, bodyTimeoutMs: 1_000 }
      const call = route.handle({ request, body, params, ...limits, account: callsOf('') })
      await expect(call).rejects.toThrow(new Called(route.verb))
    },
  )

  it('ACC-3: every call that a role may make has exactly one route, and no other has any', () => {
    const wanted = (Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb].access !== 'host')
    expect(managed.map(({ verb }) => verb).sort()).toEqual(wanted.sort())
  })

  it('no two answer the same request', () => {
    const places = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it('T31: whatever may change something is no GET, which is not audited', () => {
    const reads = managed.filter(({ method }) => method === 'GET').map(({ verb }) => verb)
    for (const verb of reads) {
      const asks = verbs[verb].access === 'viewer' || verb === 'apiKeys.list' || verb === 'audit.list'
      expect(asks, verb).toBe(true)
      expect('creates' in verbs[verb], verb).toBe(false)
    }
  })
})
