/** Excel takes a file without it for the encoding of its country. Our own import drops it (GRP-3). */
export const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Where a spreadsheet may begin to read a formula, in the forms of both widths (OWASP, CSV injection): at the start of a cell, and behind what parts cells
 * or lines elsewhere, since Excel cuts at semicolons where lists have them, whatever the quotes say. A ' that stands there already is no guard of ours: it gets
 * one before it, so that both can be told apart.
 */
const FORMULA = '=+\\-@\uFF1D\uFF0B\uFF0D\uFF20'
const guarded = (guard: string): RegExp =>
  new RegExp(`^${guard}(?=['"]*[${FORMULA}\\t\\r\\n])|(?<=[;\\t\\r\\n])${guard}(?=['"]*[${FORMULA}])`, 'g')
const unsafe = guarded('')
const guards = guarded("'")

const needsQuotes = /[",;\t\r\n]|^\s|\s$/

/** Numbers are ours and stay numbers; null is an empty cell. */
export type CsvCell = string | number | null

/** One line of a CSV (RFC 4180) whose cells no spreadsheet takes for formulas (DLV-3). */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cellText).join(',')}\r\n`

function cellText(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const safe = cell.replace(unsafe, "'")
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Takes back what `csvLine` has put into a cell: every cell comes home as it left. */
export const withoutGuard = (cell: string): string => (cell.includes("'") ? cell.replace(guards, '') : cell)
