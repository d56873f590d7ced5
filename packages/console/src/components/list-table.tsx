import { Stack } from '@mantine/core'
import { type ReactNode, useCallback, useMemo } from 'react'
import type { InputOf, ItemOf, ListOperation } from '../api/signatures.js'
import { useList } from '../api/use-call.js'
import { type Column, DataTable } from './data-table.js'
import { Loading } from './loading.js'
import { ProblemAlert } from './problem-alert.js'
import { type Selecting, SelectionBar, selectionColumn } from './selection-column.js'
import { useSelection } from './use-selection.js'

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
  /** Lets rows be chosen, to act on several at once. */
  readonly selecting?: Selecting<ItemOf<O>> | undefined
}

/** A list of the API as a table that reads on as one scrolls. */
export function ListTable<O extends ListOperation>(props: Props<O>) {
  const { operation, input, params, everyMs, empty, selecting, columns, ...table } = props
  const list = useList(operation, input, { ...(params && { params }), everyMs })
  const selection = useSelection(JSON.stringify([operation, params, input]))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const readMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  if (list.error !== null) return <ProblemAlert error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <Loading />
  if (rows.length === 0 && !hasNextPage) return empty
  const more = hasNextPage ? readMore : undefined
  if (selecting === undefined) return <DataTable {...table} columns={columns} rows={rows} readMore={more} />
  const shown = { rows, rowKey: table.rowKey, selection, selecting }
  return (
    <Stack gap="xs">
      <SelectionBar {...shown} />
      <DataTable {...table} columns={[selectionColumn(shown), ...columns]} rows={rows} readMore={more} />
    </Stack>
  )
}
