import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '../../api/call.js'
import { throwProblem } from '../../api/use-call.js'

const ROWS = 200

/** The switches of the account, and those of its domains as far as they are read. */
export function useTrackingSettings() {
  const read = useInfiniteQuery({
    queryKey: ['statistics.settings.get'],
    queryFn: async ({ pageParam, signal }) =>
      call('statistics.settings.get', [{ limit: ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) }], {
        signal,
      }).catch(throwProblem),
    initialPageParam: null as string | null,
    getNextPageParam: ({ domains }) => domains.next,
  })
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = read
  const domains = useMemo(() => data?.pages.flatMap(({ domains: page }) => page.items) ?? [], [data])
  return {
    account: data?.pages[0]?.account,
    domains,
    error,
    again: () => void refetch(),
    /** undefined: that was all. */
    more: hasNextPage ? () => void (isFetchingNextPage || fetchNextPage()) : undefined,
  }
}
