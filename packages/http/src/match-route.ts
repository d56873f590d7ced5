import { MailError } from '@mailwright/core'
import type { Route } from './route.js'

export interface Matched {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/**
 * Finds the route; of several, the first in the table. HEAD is answered by the route of GET.
 * @throws ROUTE_UNKNOWN; METHOD_NOT_ALLOWED with the methods there are.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Matched {
  const segments = segmentsOf(path)
  const here = (ofLength(routes).get(segments.length) ?? []).flatMap(({ route, pattern }): readonly Matched[] => {
    const params = paramsOf(pattern, segments)
    return params ? [{ route, params }] : []
  })
  if (here.length === 0) throw new MailError('ROUTE_UNKNOWN')
  const wanted = method === 'HEAD' ? 'GET' : method
  const found = here.find(({ route }) => route.method === wanted)
  if (found) return found
  const methods = here.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]))
  throw new MailError('METHOD_NOT_ALLOWED', { allow: [...new Set(methods)] })
}

/** None for a path that is not well encoded: no route is like that. A slash at the end makes no difference. */
function segmentsOf(path: string): readonly string[] {
  try {
    return path.replace(/\/$/, '').split('/').slice(1).map(decodeURIComponent)
  } catch {
    return []
  }
}

interface Patterned {
  readonly route: Route
  readonly pattern: readonly string[]
}

const tables = new WeakMap<readonly Route[], ReadonlyMap<number, readonly Patterned[]>>()

/** A table's routes by the number of their segments, taken apart once: there are more than a hundred, and each request is held against all of its length. */
function ofLength(routes: readonly Route[]): ReadonlyMap<number, readonly Patterned[]> {
  const known = tables.get(routes)
  if (known !== undefined) return known
  const table = new Map<number, Patterned[]>()
  for (const route of routes) {
    const pattern = route.path.split('/').slice(1)
    table.set(pattern.length, [...(table.get(pattern.length) ?? []), { route, pattern }])
  }
  tables.set(routes, table)
  return table
}

function paramsOf(wanted: readonly string[], segments: readonly string[]): Readonly<Record<string, string>> | null {
  const params: Record<string, string> = {}
  for (const [at, name] of wanted.entries()) {
    const segment = segments[at] ?? ''
    if (!name.startsWith(':')) {
      if (name !== segment) return null
    } else {
      if (segment === '') return null
      params[name.slice(1)] = segment
    }
  }
  return params
}
