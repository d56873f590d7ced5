import type { Page } from '../ports/reads.js'
import type { StoredRecord } from '../ports/rows.js'
import type { PageOf } from './page-input.js'

/** A page looks at most at this many times its limit, so that a rare tag in a long list does not read all of it at once. */
const LOOKS = 20

/**
 * A page of the records that match something the storage does not know. Never longer than `limit`; shorter, even empty, with `next` set when what
 * was looked at held no more: the caller goes on with `next` as ever.
 */
export async function filteredPage(
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<StoredRecord>>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  matches: ((record: StoredRecord) => boolean) | null,
): Promise<PageOf<StoredRecord>> {
  const from = (at: string | null | undefined) => (at ? { cursor: at } : {})
  let page = await read({ limit, ...from(cursor) })
  if (!matches) return page
  let items = page.items.filter(matches)
  for (let looks = 1; page.next !== null && items.length < limit && looks < LOOKS; looks += 1) {
    page = await read({ limit: limit - items.length, ...from(page.next) })
    items = [...items, ...page.items.filter(matches)]
  }
  return { items, next: page.next }
}
