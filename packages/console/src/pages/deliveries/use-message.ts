import type { MessageView, TimelineEntry } from '@mailwright/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from '../../api/call.js'
import { throwProblem } from '../../api/use-call.js'

const ROWS = 1_000
/** A batch takes up many rows at one instant; further than this nobody waits. */
const PAGES = 10

/**
 * What is known of one mail beside its timeline. The API has no call for one mail, so it is looked for among those accepted at the same instant; null: not
 * among the first ten thousand of them.
 */
export function useMessage(id: string, timeline: readonly TimelineEntry[] | undefined) {
  const acceptedAt = timeline?.find(({ kind }) => kind === 'accepted')?.at
  const last = timeline?.length ?? 0
  return useQuery({
    queryKey: ['deliveries.messages', 'of', id, last],
    queryFn: ({ signal }) => messageOf(id, acceptedAt ?? 0, signal).catch(throwProblem),
    enabled: acceptedAt !== undefined,
    placeholderData: keepPreviousData,
  })
}

async function messageOf(
  id: string,
  at: number,
  signal: AbortSignal,
  cursor?: string,
  pages = PAGES,
): Promise<MessageView | null> {
  const input = { from: at, to: at + 1, limit: ROWS, ...(cursor === undefined ? {} : { cursor }) }
  const { items, next } = await call('deliveries.messages', [input], { signal })
  const found = items.find((item) => item.id === id)
  if (found !== undefined) return found
  return next === null || pages === 1 ? null : messageOf(id, at, signal, next, pages - 1)
}
