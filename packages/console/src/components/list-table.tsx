import { type ReactNode, useCallback, useMemo } from 'react'
import type { InputOf, ItemOf, ListOperation } from '../api/signatures.js'
import { useList } from '../api/use-call.js'
import { type Column, DataTable } from './data-table.js'
import { Loading } from './loading.js'
import { ProblemAlert } from './problem-alert.js'

interface Props<O extends ListOperation> {
  readonly operation: O
  readonly input: Omit<InputOf<O>, 'cursor'>
  /** What the path of the operation names, such as a group. */
  readonly params?: readonly string[]
  readonly label: string
  readonly columns: readonly Column<ItemOf<O>>[]
  readonly rowKey: (row: ItemOf<O>) => string
  /** Stands in the place of a table without rows. */
  readonly empty: ReactNode
  readonly everyMs?: number
}

/** A list of the API as a table that reads on as one scrolls. */
export function ListTable<O extends ListOperation>({ operation, input, params, everyMs, empty, ...table }: Props<O>) {
  const list = useList(operation, input, { ...(params && { params }), everyMs })
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const readMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  if (list.error !== null) return <ProblemAlert error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <Loading />
  if (rows.length === 0) return empty
  return <DataTable {...table} rows={rows} readMore={hasNextPage ? readMore : undefined} />
}
