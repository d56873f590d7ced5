import { GROUP_LIMITS } from '../../domain/recipient-group/index.js'
import { MailError } from '../../errors/mail-error.js'
import { type CsvLimits, type CsvRow, rowParser } from './row-parser.js'
import { type CsvInput, textPieces } from './text-pieces.js'

/** Some rows of a file under its header. */
export interface CsvChunk {
  readonly variables: readonly string[]
  readonly rows: readonly CsvRow[]
}

const CHUNK_ROWS = 1_000
/** Characters: rows of a kilobyte each make smaller chunks, so that memory does not depend on the file. */
const CHUNK_TEXT = 128 * 1024

/**
 * Reads a recipient file (GRP-2, GRP-3) in chunks of 1,000 rows, fewer if they are long. At least one chunk comes, be it without rows.
 * Keeps nothing but the chunk, and reads on only when the next one is asked for. Blank lines are left out, cells are taken as they are.
 *
 * Throws CSV_ENCODING, CSV_TOO_LARGE, CSV_HEADER_INVALID, CSV_ROW_INVALID or CSV_TOO_MANY_ROWS, possibly after chunks that were fine: all or
 * nothing (GRP-4) is for the caller to keep.
 */
export async function* readCsv(input: CsvInput, limits: CsvLimits = GROUP_LIMITS): AsyncGenerator<CsvChunk> {
  const pieces = textPieces(input, limits.fileBytes)
  try {
    const head = await readHead(pieces, limits.rowBytes)
    const parser = rowParser(separatorOf(head), limits)
    let rows: CsvRow[] = []
    let text = 0
    let chunks = 0
    for (let piece: string | null = head; piece !== null; piece = await nextOf(pieces)) {
      parser.write(piece)
      for (const row of parser.take()) {
        rows.push(row)
        text += lengthOf(row)
        if (rows.length < CHUNK_ROWS && text < CHUNK_TEXT) continue
        yield { variables: parser.variables() ?? [], rows }
        rows = []
        text = 0
        chunks++
      }
    }
    parser.end()
    rows.push(...parser.take())
    const variables = parser.variables()
    if (!variables) {
      throw new MailError('CSV_HEADER_INVALID', { column: 1, reason: 'missing', expected: 'email', nearest: 'email' })
    }
    if (chunks === 0 || rows.length > 0) yield { variables, rows }
  } finally {
    await pieces.return(undefined)
  }
}

/**
 * Enough to see the first line that is not blank, whole, if it starts within the length a line may have. Looked at again when as much again has come: in pieces of
 * an octet each look would cost as much as all before it (T7).
 */
async function readHead(pieces: AsyncGenerator<string>, maxLine: number): Promise<string> {
  let head = ''
  let worthALook = 0
  while (head.length <= maxLine) {
    if (head.length >= worthALook) {
      if (/[\r\n]/.test(head.trimStart())) break
      worthALook = head.length * 2
    }
    const piece = await nextOf(pieces)
    if (piece === null) break
    head += piece
  }
  return head
}

/**
 * The first separator of the header outside quotes decides; no name of a variable holds one. Throws CSV_ENCODING for NUL in it: that
 * is UTF-16 without its mark.
 */
function separatorOf(head: string): ',' | ';' | '\t' {
  const line = head.trimStart().split(/[\r\n]/, 1)[0] ?? ''
  if (line.includes('\0')) throw new MailError('CSV_ENCODING', { reason: 'nul-in-header', nearest: 'utf-8' })
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (!quoted && (char === ',' || char === ';' || char === '\t')) return char
  }
  return ','
}

function lengthOf({ cells }: CsvRow): number {
  let length = 0
  for (const cell of cells) length += cell.length
  return length
}

async function nextOf(pieces: AsyncGenerator<string>): Promise<string | null> {
  const { done, value } = await pieces.next()
  return done ? null : value
}
