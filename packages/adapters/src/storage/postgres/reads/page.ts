import { MailError, type Page } from '@mailwright/core'

/** The place of the last row given: whatever is inserted or removed meanwhile, no row is missed or doubled. */
export type Place = readonly (string | number)[]

export const toCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** @throws INPUT_INVALID for a cursor that this adapter has not made for such a list. */
export const fromCursor = <Shape extends Place>(
  cursor: string,
  shape: { readonly [At in keyof Shape]: 'string' | 'number' },
): Shape => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (isOfShape(value, shape)) return value
  } catch (cause) {
    throw new MailError('INPUT_INVALID', { field: 'cursor' }, { cause })
  }
  throw new MailError('INPUT_INVALID', { field: 'cursor' })
}

const isOfShape = <Shape extends Place>(
  value: unknown,
  shape: { readonly [At in keyof Shape]: 'string' | 'number' },
): value is Shape => {
  const types: readonly string[] = Object.values(shape)
  return Array.isArray(value) && value.length === types.length && types.every((type, at) => isOfType(value[at], type))
}

/** Numbers become bigints: a fraction, or one beyond them, would fail in the database. */
const isOfType = (value: unknown, type: string): boolean =>
  type === 'number' ? Number.isSafeInteger(value) : typeof value === type

/** Cuts what was fetched, one row more than asked for, into a page. */
export const pageOf = <T>(rows: readonly T[], limit: number, placeOf: (row: T) => Place): Page<T> => {
  const items = rows.slice(0, limit)
  const last = items[items.length - 1]
  return { items, next: rows.length > limit && last !== undefined ? toCursor(placeOf(last)) : null }
}
