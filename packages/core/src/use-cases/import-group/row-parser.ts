import { finished } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { withoutGuard } from '../../domain/csv/index.js'
import { type CsvHeader, checkColumns, type GroupLimits, parseHeader } from '../../domain/recipient-group/index.js'
import { isMailError, MailError } from '../../errors/mail-error.js'

/** A data row and the line it starts on, counted from 1. `cells` are `email` and the values, in the order of the header. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

export type CsvLimits = Pick<GroupLimits, 'rowsPerFile' | 'rowBytes' | 'columns' | 'fileBytes'>

/** Takes UTF-8 and keeps the rows that are complete until they are asked for. */
export interface RowParser {
  /** null until the header has come. */
  variables(): readonly string[] | null
  write(utf8: Buffer): Promise<void>
  end(): Promise<void>
  /** The rows since the last time. */
  take(): CsvRow[]
}

/**
 * A csv-parse stream whose rows are counted and judged while it parses, so that the line of every refusal is exact and a row that is too
 * large stops it early. Nothing is pushed through the stream's own buffer.
 */
export function rowParser(delimiter: string, limits: CsvLimits): RowParser {
  let header: CsvHeader | null = null
  let rows: CsvRow[] = []
  let count = 0
  let blanks = 0
  /** Lines of the rows so far; the parser itself counts a line end within quotes twice if it is CRLF. */
  let lines = 0
  const guard = lineGuard(limits.rowBytes)
  const nextLine = (): number => lines + parser.info.empty_lines + 1

  const onRecord = (cells: string[]): null => {
    const start = nextLine()
    lines += 1 + embeddedLineEnds(cells)
    if (isBlankLine(cells)) {
      // Empty lines cost the parser nothing, lines of blanks do: a file of millions of them would take minutes.
      if (++blanks > limits.rowsPerFile) throw tooManyRows(limits, start)
      return null
    }
    if (!header) {
      header = parseHeader(cells, limits.columns)
      return null
    }
    checkColumns(cells.length, start, header.variables)
    if (++count > limits.rowsPerFile) throw tooManyRows(limits, start)
    rows.push({ line: start, cells: cells.map(withoutGuard) })
    return null
  }
  const refusal = (error: unknown): unknown => {
    if (isMailError(error) || !(error instanceof CsvError)) return error
    // The parser's own message quotes the cell, so it does not go along as the cause (ERR-2).
    return new MailError('CSV_ROW_INVALID', { line: nextLine(), reason: reasons[error.code] ?? 'malformed' })
  }

  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.rowBytes,
    on_record: onRecord,
  })
  // Each refusal also rejects the write or the end that met it.
  parser.on('error', () => {})
  parser.resume()

  return {
    variables: () => header?.variables ?? null,
    async write(utf8) {
      // What comes before an over-long line is parsed first, so that an earlier fault is the one reported.
      const fits = guard(utf8)
      await new Promise<void>((resolve, reject) => {
        parser.write(utf8.subarray(0, fits), (error) => (error ? reject(refusal(error)) : resolve()))
      })
      if (fits < utf8.length)
        throw new MailError('CSV_ROW_INVALID', { line: nextLine(), reason: 'too-large', limit: limits.rowBytes })
    },
    async end() {
      parser.end()
      await finished(parser).catch((error: unknown) => {
        throw refusal(error)
      })
    },
    take() {
      const taken = rows
      rows = []
      return taken
    },
  }
}

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'quote-not-closed',
  CSV_INVALID_CLOSING_QUOTE: 'stray-quote',
  INVALID_OPENING_QUOTE: 'stray-quote',
  CSV_MAX_RECORD_SIZE: 'too-large',
}

function tooManyRows(limits: CsvLimits, line: number): MailError {
  return new MailError('CSV_TOO_MANY_ROWS', { scope: 'file', limit: limits.rowsPerFile, line })
}

/** A line without any cell text that is not merely a row whose cells are empty. */
function isBlankLine(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] ?? '').trim() === ''
}

function embeddedLineEnds(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0
  }
  return count
}

/**
 * How many bytes of each piece lie before a line longer than `max`. Holds separators back too, which the parser's own limit
 * does not count: a line of a million commas is a million cells.
 */
function lineGuard(max: number): (utf8: Buffer) => number {
  let length = 0
  return (utf8) => {
    for (let at = 0; at < utf8.length; at++) {
      const byte = utf8[at]
      if (byte === 0x0a || byte === 0x0d) length = 0
      else if (++length > max) return at
    }
    return utf8.length
  }
}
