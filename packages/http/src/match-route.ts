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
  const here = routes.flatMap((route): readonly Matched[] => {
    const params = segments && paramsOf(patternOf(route), segments)
    return params ? [{ route, params }] : []
  })
  if (here.length === 0) throw new MailError('ROUTE_UNKNOWN')
  const wanted = method === 'HEAD' ? 'GET' : method
  const found = here.find(({ route }) => route.method === wanted)
  if (found) return found
  const methods = here.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]))
  throw new MailError('METHOD_NOT_ALLOWED', { allow: [...new Set(methods)] })
}

/** null for a path that is not well encoded. A slash at the end makes no difference. */
function segmentsOf(path: string): readonly string[] | null {
  try {
    return path.replace(/\/$/, '').split('/').slice(1).map(decodeURIComponent)
  } catch {
    return null
  }
}

const patterns = new WeakMap<Route, readonly string[]>()

/** Taken apart once: there are more than a hundred, and each request is held against all. */
function patternOf(route: Route): readonly string[] {
  const known = patterns.get(route)
  if (known !== undefined) return known
  const pattern = route.path.split('/').slice(1)
  patterns.set(route, pattern)
  return pattern
}

function paramsOf(wanted: readonly string[], segments: readonly string[]): Readonly<Record<string, string>> | null {
  if (wanted.length !== segments.length) return null
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
