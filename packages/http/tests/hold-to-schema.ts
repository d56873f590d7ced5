import { expect } from 'vitest'
import { matchRoute } from '../src/match-route.js'
import { operationId } from '../src/openapi/document.js'
import { routes } from '../src/routes/index.js'

/**
 * Fails unless an answer is exactly what the description of the API says: status, content type, and every field of it.
 * @returns the name of the operation
 */
export async function holdToSchema(request: Request, response: Response, basePath = ''): Promise<string> {
  const path = new URL(request.url).pathname.slice(basePath.length)
  const { route } = matchRoute(routes, request.method, path)
  if (route.verb === 'public' || route.verb === 'description' || route.verb === 'console') return route.path
  const { answer, status } = route
  expect(response.status, path).toBe(status)
  const type = response.headers.get('content-type')
  if (answer === null) expect(type, path).toBeNull()
  else if (answer === 'csv') expect(type, path).toBe('text/csv; charset=utf-8')
  else if ('events' in answer) expect(type, path).toBe('text/event-stream; charset=utf-8')
  else {
    expect(type, path).toBe('application/json')
    if (request.method !== 'HEAD') answer.parse(await response.clone().json())
  }
  return operationId(route)
}
