import { GROUP_LIMITS } from '../../domain/recipient-group/index.js'
import { MailError } from '../../errors/mail-error.js'
import { type CsvInput, decodeText } from './decode-text.js'
import { type CsvLimits, type CsvRow, rowParser } from './row-parser.js'

/** Some rows of a file under its header. */
export interface CsvChunk {
  readonly variables: readonly string[]
  readonly rows: readonly CsvRow[]
}

const CHUNK_ROWS = 1_000

/**
 * Reads a recipient file (GRP-2, GRP-3): the first chunk comes even if there is no row, the others have about 1,000 rows. Keeps nothing but
 * the chunk, and reads on only when the next one is asked for. Blank lines are left out, cells are taken as they are.
 *
 * Throws CSV_ENCODING, CSV_TOO_LARGE, CSV_HEADER_INVALID, CSV_ROW_INVALID or CSV_TOO_MANY_ROWS, possibly after chunks that were fine: all or
 * nothing (GRP-4) is for the caller to keep.
 */
export async function* readCsv(input: CsvInput, limits: CsvLimits = GROUP_LIMITS): AsyncGenerator<CsvChunk> {
  const text = decodeText(input, limits.fileBytes)
  try {
    const head = await readHead(text, limits.rowBytes)
    const parser = rowParser(delimiterOf(head), limits)
    let rows: CsvRow[] = []
    let first = true
    const due = () => parser.header() !== null && (first || rows.length >= CHUNK_ROWS)
    for (let piece: string | null = head; piece !== null; piece = await nextOf(text)) {
      await parser.write(piece)
      for (const row of parser.take()) rows.push(row)
      while (due()) {
        first = false
        yield { variables: parser.header()?.variables ?? [], rows: rows.slice(0, CHUNK_ROWS) }
        rows = rows.slice(CHUNK_ROWS)
      }
    }
    await parser.end()
    for (const row of parser.take()) rows.push(row)
    const header = parser.header()
    if (!header)
      throw new MailError('CSV_HEADER_INVALID', { column: 1, reason: 'missing', expected: 'email', nearest: 'email' })
    if (first || rows.length > 0) yield { variables: header.variables, rows }
  } finally {
    await text.return(undefined)
  }
}

/** Enough text to see the first line that is not blank, whole, if it starts within the length a line may have. */
async function readHead(text: AsyncGenerator<string>, maxLine: number): Promise<string> {
  let head = ''
  while (!/[\r\n]/.test(head.trimStart()) && head.length <= maxLine) {
    const piece = await nextOf(text)
    if (piece === null) break
    head += piece
  }
  return head
}

/**
 * The first separator of the header outside quotes decides; no name of a variable holds one. Throws CSV_ENCODING for NUL in it: that
 * is UTF-16 without its mark.
 */
function delimiterOf(head: string): ',' | ';' | '\t' {
  const line = head.trimStart().split(/[\r\n]/, 1)[0] ?? ''
  if (line.includes('\0')) throw new MailError('CSV_ENCODING', { reason: 'nul-in-header', nearest: 'utf-8' })
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (!quoted && (char === ',' || char === ';' || char === '\t')) return char
  }
  return ','
}

async function nextOf(text: AsyncGenerator<string>): Promise<string | null> {
  const { done, value } = await text.next()
  return done ? null : value
}
