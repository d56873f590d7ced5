import { describe, expect, it } from 'vitest'
import { matchRoute } from './match-route.js'
import type { Route } from './route.js'
import { routes } from './routes/index.js'

const route = (method: 'GET' | 'POST', path: `/${string}`): Route => ({
  method,
  path,
  verb: 'tasks.list',
  summary: '',
  answer: null,
  status: 200,
  handle: async () => new Response(),
})
const table = [route('GET', '/a'), route('POST', '/a/plan'), route('GET', '/a/:id'), route('POST', '/a/:id/stop')]
const found = (method: string, path: string) => {
  const { route, params } = matchRoute(table, method, path)
  return [route.path, params]
}

describe('the route table', () => {
  it('is matched by method and path, with decoded parameters; a slash at the end makes no difference', () => {
    expect(found('GET', '/a')).toEqual(['/a', {}])
    expect(found('GET', '/a/')).toEqual(['/a', {}])
    expect(found('GET', '/a/x%2Fy%20%C3%A9')).toEqual(['/a/:id', { id: 'x/y é' }])
    expect(found('POST', '/a/7/stop')).toEqual(['/a/:id/stop', { id: '7' }])
    expect(found('POST', '/a/plan')).toEqual(['/a/plan', {}])
    expect(found('HEAD', '/a')).toEqual(['/a', {}])
  })

  it.each(['/', '/b', '/A', '/a/1/2', '/a//stop', '/a/%', '/a/%E0%A4', '//a'])('does not know %s', (path) => {
    expect(() => found('GET', path)).toThrow(expect.objectContaining({ code: 'ROUTE_UNKNOWN' }))
  })

  it('names the methods of a path that knows others', () => {
    expect(() => found('DELETE', '/a/plan')).toThrow(
      expect.objectContaining({ code: 'METHOD_NOT_ALLOWED', details: { allow: ['POST', 'GET', 'HEAD'] } }),
    )
  })

  it('has no place twice, and is public only where a token, a signature or the place itself says enough', () => {
    const places = routes.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(places).size).toBe(places.length)
    expect(routes.filter(({ verb }) => verb === 'public').map(({ path }) => path)).toEqual([
      '/o/:token',
      '/c/:token',
      '/unsubscribe/:token',
      '/unsubscribe/:token',
      '/hooks/:name',
      '/hooks/:name/:secret',
      '/health',
      '/health/live',
      '/health/ready',
      '/dev',
      '/dev',
    ])
  })
})
