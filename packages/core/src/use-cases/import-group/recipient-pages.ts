import { isErased } from '../../domain/address/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'
import type { Stored } from '../stored.js'

/** One recipient with the values the mail is filled in with. */
export interface RecipientView {
  readonly address: string
  readonly values: Readonly<Record<string, string>>
}

/** The place of the next row. */
type Place = readonly [generation: number, lane: string, seq: number]

/**
 * A page of a group's visible rows, lane by lane. Rows only ever come behind others of their lane, so that none is missed or doubled.
 * @throws CHANGED_MEANWHILE when the rows were replaced since the cursor was made; INPUT_INVALID for a cursor that is none.
 */
export async function recipientPage(
  ctx: Context,
  { id, data }: Stored<'group'>,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<PageOf<RecipientView>> {
  const { generation, variables } = data
  const lanes = Object.entries(data.lanes).sort(([a], [b]) => (a < b ? -1 : 1))
  const [asked, firstLane, firstSeq]: Place = cursor === undefined ? [generation, '', 0] : placeOf(cursor)
  if (asked !== generation) throw new MailError('CHANGED_MEANWHILE', { group: id })
  const items: RecipientView[] = []
  for (const [lane, total] of lanes.filter(([lane]) => lane >= firstLane)) {
    let from = lane === firstLane ? firstSeq : 0
    if (items.length >= limit && from < total) return { items, next: cursorOf([generation, lane, from]) }
    const to = Math.min(total, from + limit - items.length)
    if (to <= from) continue
    for (const row of await ctx.storage.read.recipients({ group: id, generation, lane, from, to })) {
      if (isErased(row.mailbox)) continue
      const values = Object.fromEntries((variables ?? []).map((name, index) => [name, row.values[index] ?? '']))
      items.push({ address: row.mailbox, values })
    }
    from = to
    if (from < total) return { items, next: cursorOf([generation, lane, from]) }
  }
  return { items, next: null }
}

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

function placeOf(cursor: string): Place {
  const read = parsed(Buffer.from(cursor, 'base64url').toString())
  if (Array.isArray(read)) {
    const [generation, lane, seq]: readonly unknown[] = read
    if (Number.isSafeInteger(generation) && typeof lane === 'string' && Number.isSafeInteger(seq) && Number(seq) >= 0) {
      return [Number(generation), lane, Number(seq)]
    }
  }
  throw new MailError('INPUT_INVALID', { field: 'cursor', expected: '`next` of the page before' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
