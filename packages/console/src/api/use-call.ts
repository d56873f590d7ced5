import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { call } from './call.js'
import type { Operation } from './operations.js'
import { asProblem, type Problem } from './problem.js'
import type { AnswerOf, ArgumentsOf, InputOf, ItemOf, ListOperation } from './signatures.js'

interface Reading {
  /** Asks again after so long, while the page is seen. */
  readonly everyMs?: number | undefined
  readonly enabled?: boolean
}

/** Reads, keeps what was read while something else is asked, and reads again after each action. */
export function useCall<O extends Operation>(operation: O, args: ArgumentsOf<O>, { everyMs, enabled }: Reading = {}) {
  return useQuery<AnswerOf<O>, Problem>({
    queryKey: [operation, ...args],
    queryFn: ({ signal }) => call(operation, args, { signal }).catch(throwProblem),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs ?? false,
    enabled: enabled ?? true,
  })
}

const ROWS_AT_ONCE = 200

/** Reads a list page by page. `params` are what the path names, such as a group. */
export function useList<O extends ListOperation>(
  operation: O,
  input: Omit<InputOf<O>, 'cursor'>,
  { params = [], everyMs }: { readonly params?: readonly string[]; readonly everyMs?: number | undefined } = {},
) {
  return useInfiniteQuery({
    queryKey: [operation, ...params, input],
    queryFn: async ({ pageParam, signal }) => {
      const args = [...params, { limit: ROWS_AT_ONCE, ...input, ...(pageParam === null ? {} : { cursor: pageParam }) }]
      const page = await call(operation, args as ArgumentsOf<O>, { signal }).catch(throwProblem)
      return page as { readonly items: readonly ItemOf<O>[]; readonly next: string | null }
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: everyMs ?? false,
    // Comparing all rows that were read with all that come costs more the further one has scrolled.
    structuralSharing: false,
  })
}

/** Acts, and lets everything on the page be read again. What was not answered goes out again under the same key, so that nothing is made twice. */
export function useAction<O extends Operation>(operation: O) {
  const client = useQueryClient()
  const last = useRef({ input: '', key: '' })
  return useMutation<AnswerOf<O>, Problem, ArgumentsOf<O>>({
    mutationFn: async (args) => {
      const input = JSON.stringify(args)
      if (last.current.input !== input) last.current = { input, key: newKey() }
      const answer = await call(operation, args, { idempotencyKey: last.current.key }).catch((error: unknown) => {
        const problem = asProblem(error)
        if (problem.status !== 0) last.current = { input: '', key: '' }
        throw problem
      })
      last.current = { input: '', key: '' }
      return answer
    },
    onSettled: () => readAgain(client),
  })
}

/** Of a list that was read far, only its beginning is read again; the rest follows as one scrolls. */
const PAGES_READ_AGAIN = 10

/** Lets everything on the page be read again. */
export function readAgain(client: QueryClient): Promise<void> {
  for (const [key, data] of client.getQueriesData({ predicate: ({ state }) => isPaged(state.data) }))
    if (isPaged(data) && data.pages.length > PAGES_READ_AGAIN)
      client.setQueryData(key, {
        pages: data.pages.slice(0, PAGES_READ_AGAIN),
        pageParams: data.pageParams.slice(0, PAGES_READ_AGAIN),
      })
  return client.invalidateQueries()
}

const isPaged = (data: unknown): data is InfiniteData<unknown> =>
  typeof data === 'object' && data !== null && 'pages' in data && 'pageParams' in data

/** `crypto.randomUUID` is missing on pages without TLS. */
const newKey = (): string => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-')

/** Whatever went wrong as a problem, except that somebody no longer waits for it. */
export function throwProblem(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
  throw asProblem(error)
}
