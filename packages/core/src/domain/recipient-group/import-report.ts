import type { RowFault } from './judge-row.js'
import { GROUP_LIMITS } from './limits.js'

/** What an import did with the rows of a file (GRP-4): `total` is the sum of the five after it. */
export interface ImportReport {
  readonly total: number
  readonly valid: number
  readonly empty: number
  readonly repeated: number
  readonly invalid: number
  readonly tooLong: number
  /** The first 1,000 that were not taken over, in the order of the file. Holds no address. */
  readonly rows: readonly ReportedRow[]
}

export interface ReportedRow {
  readonly line: number
  readonly reason: RowFault
}

export interface ReportBuilder {
  valid(): void
  fault(line: number, reason: RowFault): void
  report(): ImportReport
}

type Count = Exclude<keyof ImportReport, 'rows' | 'total' | 'valid'>

const countOf: Readonly<Record<RowFault, Count>> = {
  empty: 'empty',
  repeated: 'repeated',
  'invalid-address': 'invalid',
  'invalid-value': 'invalid',
  'too-long': 'tooLong',
}

/** Counts row by row, without keeping more of them than the report shows. */
export function importReport(maxRows = GROUP_LIMITS.reportedRows): ReportBuilder {
  const counts = { total: 0, valid: 0, empty: 0, repeated: 0, invalid: 0, tooLong: 0 }
  const rows: ReportedRow[] = []
  return {
    valid() {
      counts.total++
      counts.valid++
    },
    fault(line, reason) {
      counts.total++
      counts[countOf[reason]]++
      if (rows.length < maxRows) rows.push({ line, reason })
    },
    report: () => ({ ...counts, rows: [...rows] }),
  }
}
