import { MailError, type Page, type PageRequest } from '@mailwright/core'
import type { Position, Sorted } from '../sorted.js'

/** A cursor is the position of the last row given: whatever is inserted or removed meanwhile, no row is missed or doubled. */
const toCursor = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url')

const fromCursor = (cursor: string): Position => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(value)) {
      const [first, second]: readonly unknown[] = value
      if ((typeof first === 'number' || typeof first === 'string') && typeof second === 'string') return [first, second]
    }
  } catch (cause) {
    throw new MailError('INPUT_INVALID', { field: 'cursor' }, { cause })
  }
  throw new MailError('INPUT_INVALID', { field: 'cursor' })
}

/** One page of the rows that match, in the order of the list or against it. */
export const pageOf = <T>(
  list: Sorted<T> | undefined,
  request: PageRequest,
  order: 'oldest' | 'newest',
  matches: (row: T) => boolean,
): Page<T> => {
  const from = request.cursor === undefined ? null : fromCursor(request.cursor)
  if (list === undefined) return { items: [], next: null }
  const rows = list.all()
  const forward = order === 'oldest'
  let at = forward ? 0 : rows.length - 1
  if (from !== null) {
    at = list.countBefore(from)
    const here = rows[at]
    const onCursor = here !== undefined && isAt(list.position(here.row), from)
    at = forward ? at + (onCursor ? 1 : 0) : at - 1
  }
  const items: T[] = []
  for (let holder = rows[at]; holder !== undefined; holder = rows[at]) {
    if (matches(holder.row)) {
      const last = items[items.length - 1]
      if (last !== undefined && items.length >= request.limit) return { items, next: toCursor(list.position(last)) }
      items.push(holder.row)
    }
    at += forward ? 1 : -1
  }
  return { items, next: null }
}

const isAt = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1]
