import { type CsvFormat, type CsvRecord, csvRecords, withoutGuard } from '../../domain/csv/index.js'
import { type CsvHeader, checkColumns, type GroupLimits, parseHeader } from '../../domain/recipient-group/index.js'
import { MailError } from '../../errors/mail-error.js'

/** A data row: `cells` are `email` and the values, in the order of the header. */
export type CsvRow = CsvRecord

export type CsvLimits = Pick<GroupLimits, 'rowsPerFile' | 'rowBytes' | 'columns' | 'fileBytes'>

/** Takes text and keeps the rows that are complete until they are asked for. */
export interface RowParser {
  /** null until the header has come. */
  variables(): readonly string[] | null
  write(text: string): void
  end(): void
  /** The rows since the last time. */
  take(): CsvRow[]
}

/** Rows are counted and judged as they are cut, so that the first fault of a file is the one that is told. */
export function rowParser(separator: CsvFormat['separator'], limits: CsvLimits): RowParser {
  let header: CsvHeader | null = null
  let rows: CsvRow[] = []
  let count = 0
  let blanks = 0
  const tooMany = (line: number) =>
    new MailError('CSV_TOO_MANY_ROWS', { scope: 'file', limit: limits.rowsPerFile, line })

  const records = csvRecords({ separator, recordBytes: limits.rowBytes }, (cells, line) => {
    if (isBlankLine(cells)) {
      // Lines of blanks cost as much as rows: a file of millions of them would take long.
      if (++blanks > limits.rowsPerFile) throw tooMany(line)
    } else if (!header) {
      header = parseHeader(cells, limits.columns)
    } else {
      checkColumns(cells.length, line, header.variables)
      if (++count > limits.rowsPerFile) throw tooMany(line)
      rows.push({ line, cells: cells.map(withoutGuard) })
    }
  })
  return {
    variables: () => header?.variables ?? null,
    write: records.write,
    end: records.end,
    take() {
      const taken = rows
      rows = []
      return taken
    },
  }
}

/** A line without any cell text that is not merely a row whose cells are empty. */
function isBlankLine(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] ?? '').trim() === ''
}
