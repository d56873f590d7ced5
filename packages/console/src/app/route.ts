import { useMemo, useSyncExternalStore } from 'react'

export interface Route {
  /** The segments, decoded: `#/domains/mail.shop.example` is `['domains', 'mail.shop.example']`. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

export function parseHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The address of a page: `pageUrl('domains', name)`. */
export const pageUrl = (...path: readonly string[]): string => `#/${path.map(encodeURIComponent).join('/')}`

export function goTo(...path: readonly string[]): void {
  window.location.hash = pageUrl(...path)
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return useMemo(() => parseHash(hash), [hash])
}

/** Keeps a page's filters in its address, so that it can be sent to somebody. Empty ones are left out. */
export function useFilters<Name extends string>(
  ...names: readonly Name[]
): readonly [Readonly<Record<Name, string>>, (changed: Readonly<Partial<Record<Name, string>>>) => void] {
  const { path, query } = useRoute()
  const filters = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as Record<Name, string>
  const change = (changed: Readonly<Partial<Record<Name, string>>>) => {
    const next = new URLSearchParams(query)
    for (const [name, value] of Object.entries<string | undefined>(changed)) {
      if (value === undefined) continue
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    const search = next.toString()
    window.history.replaceState(null, '', pageUrl(...path) + (search === '' ? '' : `?${search}`))
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  }
  return [filters, change]
}
