import type { statusOf } from '../../domain/suppression/index.js'
import type { Instant } from '../../ports/clock.js'
import type { BlockFilter } from '../../ports/reads.js'
import type { BlockRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'

/** What is undefined is not asked for. */
type PageFilter = { readonly [K in keyof BlockFilter]: BlockFilter[K] | undefined } & Pick<
  BlockFilter,
  'kind' | 'account' | 'limit'
>

/** The account's own rows of one kind that match, in order of key. */
export async function blockPage<T>(ctx: Context, asked: PageFilter, view: (row: BlockRow) => T): Promise<PageOf<T>> {
  const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as PageFilter
  const { items, next } = await ctx.storage.read.blocksPage(filter as BlockFilter)
  return { items: items.map(view), next }
}

/** The rows that `statusOf` calls so at `now`: the storage leaves out the others, so that a page is one question. */
export function timesOf(status: ReturnType<typeof statusOf>, now: Instant): Partial<BlockFilter> {
  switch (status) {
    case 'expired':
      return { endsTo: now + 1 }
    case 'active':
      return { endsFrom: now + 1, startsTo: now + 1 }
    case 'coming':
      return { endsFrom: now + 1, startsFrom: now + 1 }
  }
}
