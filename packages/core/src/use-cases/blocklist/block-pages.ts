import type { BlockRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'

/** The account's own rows of one kind that match, in order of key. */
export async function blockPage<T>(
  ctx: Context,
  filter: {
    readonly kind: BlockRow['kind']
    readonly account: string
    readonly cursor?: string | undefined
    readonly limit: number
  },
  view: (row: BlockRow) => T | null,
): Promise<PageOf<T>> {
  const { kind, account, limit } = filter
  const items: T[] = []
  let cursor = filter.cursor
  for (;;) {
    const page = await ctx.storage.read.blocksPage({
      kind,
      account,
      limit: limit - items.length,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const row of page.items) {
      const shown = view(row)
      if (shown !== null) items.push(shown)
    }
    if (page.next === null || items.length >= limit) return { items, next: page.next }
    cursor = page.next
  }
}
