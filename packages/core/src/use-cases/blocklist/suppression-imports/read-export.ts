import { type CsvRecord, csvRecords } from '../../../domain/csv/index.js'
import { MailError } from '../../../errors/mail-error.js'
import { type CsvInput, textPieces } from '../../import-group/index.js'

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
  const pieces: string[] = []
  for await (const piece of textPieces(source, maxBytes)) pieces.push(piece)
  const text = pieces.join('')
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
  const records: CsvRecord[] = []
  const reader = csvRecords({ separator: ',', recordBytes: Number.POSITIVE_INFINITY }, (cells, line) => {
    const columns = records[0]?.cells.length ?? 0
    if (cells.length < columns)
      throw new MailError('CSV_ROW_INVALID', { line, reason: 'column-count', columns: cells.length, expected: columns })
    records.push({ cells, line })
  })
  reader.write(text)
  reader.end()
  const [header, ...data] = records
  return data.map(({ line, cells }) => ({
    line,
    members: membersOf((header?.cells ?? []).map((name, column) => [name, cells[column] ?? ''])),
  }))
}

const membersOf = (entries: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[folded(name), String(value)]] : [],
    ),
  )
