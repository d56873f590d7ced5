import { MailError } from '../../errors/mail-error.js'
import { variableNameFault } from '../template/index.js'
import { GROUP_LIMITS } from './limits.js'

export const EMAIL_COLUMN = 'email'

/** The variables of a file, in the order of its columns after `email`. */
export interface CsvHeader {
  readonly variables: readonly string[]
}

/**
 * Reads the first line (GRP-3): `email`, in any case, then variable names (TPL-2), blanks around them dropped. Throws
 * CSV_HEADER_INVALID with the column, counted from 1; the cell itself is not repeated, because a file without a header has an address there.
 */
export function parseHeader(cells: readonly string[], maxColumns = GROUP_LIMITS.columns): CsvHeader {
  const names = cells.map((cell) => cell.trim())
  if (names[0]?.toLowerCase() !== EMAIL_COLUMN) {
    throw refusal(1, names[0] === undefined ? 'missing' : 'not-email', { nearest: EMAIL_COLUMN })
  }
  if (names.length > maxColumns) throw refusal(maxColumns + 1, 'too-many', { limit: maxColumns, nearest: maxColumns })
  const columns = new Map<string, number>([[EMAIL_COLUMN, 1]])
  const variables = names.slice(1)
  for (const [index, name] of variables.entries()) {
    const column = index + 2
    const fault = variableNameFault(name)
    if (fault) throw refusal(column, fault)
    const first = name.toLowerCase() === EMAIL_COLUMN ? 1 : columns.get(name)
    if (first !== undefined) throw refusal(column, 'repeated', { sameAs: first })
    columns.set(name, column)
  }
  return { variables }
}

function refusal(column: number, reason: string, more: object = {}): MailError {
  const expected = column === 1 ? EMAIL_COLUMN : 'a variable name of 1 to 64 letters, digits, _ - or .'
  return new MailError('CSV_HEADER_INVALID', { column, reason, expected, ...more })
}

/**
 * Where each of the group's variables stands in the file (GRP-5): values are kept in the order of the group. Throws
 * VARIABLES_MISMATCH, naming the missing and the unknown, unless both have the same names; their order may differ.
 */
export function sameVariables(group: readonly string[], file: readonly string[]): readonly number[] {
  const missing = group.filter((name) => !file.includes(name))
  const unknown = file.filter((name) => !group.includes(name))
  if (missing.length > 0 || unknown.length > 0) throw new MailError('VARIABLES_MISMATCH', { missing, unknown })
  return group.map((name) => file.indexOf(name))
}
