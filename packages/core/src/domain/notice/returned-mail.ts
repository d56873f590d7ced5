import { type Field, fieldBlocks, fieldOf, fieldsOf } from './fields.js'
import { addressesIn } from './found-address.js'
import type { NoticePart, ReturnedMail } from './notice.js'

const returnedTypes: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'message/rfc822-headers',
  'message/global-headers',
  'text/rfc822-headers',
  'message/partial',
])

const HEADERS_MAX = 64 * 1_024

/** The headers of a mail as text; what follows the first blank line is not looked at. */
export function headersOf(content: string): readonly Field[] {
  return fieldBlocks(content.slice(0, HEADERS_MAX).replace(/^\s+/, ''))[0] ?? []
}

export const isReturned = ({ type }: NoticePart): boolean => returnedTypes.has(type)

/** The mail that was given back with the notice, or the headers of it: as a part, else behind the report in its text. */
export function returnedMail(parts: readonly NoticePart[], behind = ''): ReturnedMail | null {
  const headers = parts.filter(isReturned).map(({ content }) => headersOf(content))
  const fields = headers.find((one) => one.length > 0) ?? fieldBlocks(behind).find(isHeader)
  if (!fields) return null
  return {
    returnPaths: [...fieldsOf(fields, 'return-path'), ...fieldsOf(fields, 'x-original-return-path')].flatMap(
      addressesIn,
    ),
    listUnsubscribe: fieldOf(fields, 'list-unsubscribe'),
    to: addressesIn(fieldOf(fields, 'x-hmxmroriginalrecipient') ?? fieldOf(fields, 'to') ?? '')[0] ?? null,
  }
}

const isHeader = (fields: readonly Field[]): boolean =>
  fields.length > 2 && ['received', 'return-path', 'message-id', 'from'].some((name) => fieldOf(fields, name) !== null)
