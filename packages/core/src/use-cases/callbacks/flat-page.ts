import { z } from 'zod'
import { MailError } from '../../errors/mail-error.js'
import type { Page } from '../../ports/reads.js'
import type { StoredRecord } from '../../ports/rows.js'
import type { PageOf } from '../page-input.js'

/** Records read at once, and how often, before a page that a filter leaves short is answered as it is. */
const BATCH = 20
const LOOKS = 20

const cursorSchema = z.strictObject({
  /** The storage's cursor of the batch that was being read. */
  batch: z.string().nullable(),
  /** The last line answered, if it was in that batch. */
  after: z.strictObject({ at: z.number(), record: z.string(), n: z.number() }).nullable(),
})
type Cursor = z.output<typeof cursorSchema>

/** One line of a record; `n` names it within the record for good, and grows from the oldest to the newest. */
export interface Line<T> {
  readonly n: number
  readonly view: T
}

/**
 * Pages through the lines of records that hold many each, newest first. No line is missed or doubled while records are added, or lines and whole records
 * removed. A page may be shorter than its limit, even empty, with `next` set.
 */
export async function flatPage<T>(
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<StoredRecord>>,
  linesOf: (record: StoredRecord) => readonly Line<T>[],
): Promise<PageOf<T>> {
  let { batch, after }: Cursor = cursor === undefined ? { batch: null, after: null } : readCursor(cursor)
  const items: T[] = []
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const page = await read({ limit: BATCH, ...(batch === null ? {} : { cursor: batch }) })
    for (const record of page.items) {
      for (const { n, view } of [...linesOf(record)].sort((a, b) => b.n - a.n)) {
        if (!comesAfter(record, n, after)) continue
        if (items.length === limit) return { items, next: written({ batch, after }) }
        items.push(view)
        after = { at: record.createdAt, record: record.id, n }
      }
    }
    if (page.next === null) return { items, next: null }
    batch = page.next
  }
  return { items, next: written({ batch, after }) }
}

/** In the order newest record first, newest line first. */
function comesAfter(record: StoredRecord, n: number, after: Cursor['after']): boolean {
  if (after === null) return true
  if (record.id === after.record) return n < after.n
  return record.createdAt < after.at || (record.createdAt === after.at && record.id < after.record)
}

const written = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

function readCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch (cause) {
    throw new MailError('INPUT_INVALID', { field: 'cursor', expected: 'the next of a page of this list' }, { cause })
  }
}
