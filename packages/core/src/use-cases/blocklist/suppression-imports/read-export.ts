import { CsvError, parse } from 'csv-parse/sync'
import { MailError } from '../../../errors/mail-error.js'
import { type CsvInput, utf8Pieces } from '../../import-group/index.js'

/** A row of an export: its members by folded name. `line` counts from 1, a CSV's header included. */
export interface ExportRow {
  readonly line: number
  readonly members: ReadonlyMap<string, string>
}

const folded = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '')

/**
 * The rows of a JSON document or of a CSV with a header, whichever it is. Read whole: an export of 10 MiB has some 100,000 addresses.
 * @throws CSV_ENCODING, CSV_TOO_LARGE, CSV_ROW_INVALID with the line; INPUT_INVALID for JSON without rows.
 */
export async function readExport(
  source: CsvInput,
  rowsIn: readonly string[],
  maxBytes: number,
): Promise<readonly ExportRow[]> {
  const pieces: Buffer[] = []
  for await (const piece of utf8Pieces(source, maxBytes)) pieces.push(piece)
  const text = Buffer.concat(pieces).toString()
  return /^\s*[[{]/.test(text) ? jsonRows(text, rowsIn) : csvRows(text)
}

function jsonRows(text: string, rowsIn: readonly string[]): readonly ExportRow[] {
  const document = parsed(text)
  const list: unknown = Array.isArray(document)
    ? document
    : Object.entries(document ?? {}).find(([name]) => rowsIn.includes(folded(name)))?.[1]
  if (!Array.isArray(list)) {
    const expected = rowsIn.length > 0 ? `an array, or an object with ${rowsIn.join(' or ')}` : 'an array'
    throw new MailError('INPUT_INVALID', { field: 'content', expected })
  }
  return list.map((row: unknown, index) => ({ line: index + 1, members: membersOf(Object.entries(row ?? {})) }))
}

function parsed(text: string): object | null {
  try {
    return JSON.parse(text) as object | null
  } catch {
    throw new MailError('INPUT_INVALID', { field: 'content', expected: 'JSON or CSV' })
  }
}

function csvRows(text: string): readonly ExportRow[] {
  try {
    const rows: string[][] = parse(text, { skip_empty_lines: true, relax_column_count_more: true })
    const [header = [], ...data] = rows
    return data.map((cells, index) => ({
      line: index + 2,
      members: membersOf(header.map((name, column) => [name, cells[column] ?? ''])),
    }))
  } catch (error) {
    // The parser's own message quotes the cell, so it does not go along (ERR-2).
    if (error instanceof CsvError) throw new MailError('CSV_ROW_INVALID', { line: error.lines, reason: 'malformed' })
    throw error
  }
}

const membersOf = (entries: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[folded(name), String(value)]] : [],
    ),
  )
