import { MailError } from '../../errors/mail-error.js'
import { type AddressKey, type AddressOptions, recipientProvider, tryParseAddress } from '../address/index.js'
import { valueFault, valuesSize } from '../template/index.js'
import { GROUP_LIMITS } from './limits.js'

/** Why a row is not taken over; the words of the report. */
export type RowFault = 'empty' | 'invalid-address' | 'invalid-value' | 'too-long' | 'repeated'

export type RowVerdict =
  | {
      readonly type: 'valid'
      /** As given: what the envelope uses. */
      readonly mailbox: string
      /** What it is compared by (TRG-7). */
      readonly key: AddressKey
      /** The recipient's provider. */
      readonly lane: string
      /** In the order of the header. */
      readonly values: readonly string[]
    }
  | { readonly type: 'fault'; readonly reason: Exclude<RowFault, 'repeated'> }

/**
 * Judges one row under its header (GRP-4). Cells are taken as they are, formulas and empty ones included (TPL-9); only the address is
 * trimmed. Throws CSV_ROW_INVALID with the line if the number of columns is another than the header's.
 */
export function judgeRow(
  cells: readonly string[],
  line: number,
  variables: readonly string[],
  options: AddressOptions & { readonly maxValueBytes?: number } = {},
): RowVerdict {
  checkColumns(cells.length, line, variables)
  const email = cells[0]?.trim() ?? ''
  if (email === '') return { type: 'fault', reason: 'empty' }
  const address = tryParseAddress(email, options)
  if (!address) return { type: 'fault', reason: 'invalid-address' }
  const values = cells.slice(1)
  if (values.some((value) => valueFault(value) !== null)) return { type: 'fault', reason: 'invalid-value' }
  if (isLongerThan(options.maxValueBytes ?? GROUP_LIMITS.valueBytes, variables, values))
    return { type: 'fault', reason: 'too-long' }
  const { mailbox, key, domain } = address
  return { type: 'valid', mailbox, key, lane: recipientProvider(domain), values }
}

/** Throws CSV_ROW_INVALID unless a row has a cell for `email` and one for each variable. */
export function checkColumns(columns: number, line: number, variables: readonly string[]): void {
  const expected = variables.length + 1
  if (columns !== expected) throw new MailError('CSV_ROW_INVALID', { line, reason: 'column-count', columns, expected })
}

function isLongerThan(limit: number, variables: readonly string[], values: readonly string[]): boolean {
  let units = 0
  for (const name of variables) units += name.length
  for (const value of values) units += value.length
  // A UTF-16 unit takes 1 to 6 bytes (an escape), each pair 6 more of quotes, colon and comma: few rows need the encoding.
  const frame = 6 * variables.length + 1
  if (frame + units > limit) return true
  return frame + 6 * units > limit && valuesSize(variables.map((name, index) => [name, values[index] ?? ''])) > limit
}
