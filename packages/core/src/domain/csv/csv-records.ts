import { MailError } from '../../errors/mail-error.js'
import { quotedRecord } from './quoted-record.js'

/** The cells of a record as they are, quotes taken off, and the line it starts on, counted from 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvFormat {
  readonly separator: ',' | ';' | '\t'
  /** UTF-8 of one record as it is written, its quotes, separators and the line ends within it included. */
  readonly recordBytes: number
}

/** Cuts text into records, in pieces cut anywhere. */
export interface CsvRecords {
  /** Hands on each record that is complete. @throws CSV_ROW_INVALID with the line, and what the record's taker throws */
  write(text: string): void
  /** No more text comes: its last line needs no end. @throws as `write` */
  end(): void
}

/**
 * Reads RFC 4180 as strictly as it is written (quotes around whole cells only, a quote within doubled), with any of its line ends (CRLF, LF,
 * CR) and the separator given. Empty lines are left out but counted. Records go to `take` in their order and as soon as they are complete, so that of two
 * faults the first one is told. Most records have no quote: of those only the separators and the end are looked for.
 */
export function csvRecords(
  { separator, recordBytes }: CsvFormat,
  take: (cells: readonly string[], line: number) => void,
): CsvRecords {
  /** Begins with a record that is not complete. */
  let waiting = ''
  /** A record in many small pieces would be searched from its start for each of them: as much again must have come. */
  let worthALook = 0
  let line = 1

  const checkSize = (text: string, from: number, end: number): void => {
    const units = end - from
    // A UTF-16 unit takes at most three bytes: few records need their octets counted.
    if (units * 3 <= recordBytes) return
    if (units > recordBytes || Buffer.byteLength(text.slice(from, end)) > recordBytes)
      throw new MailError('CSV_ROW_INVALID', { line, reason: 'too-large', limit: recordBytes })
  }

  const cut = (last: boolean): void => {
    const text = waiting
    const lineFeed = finder(text, '\n')
    const carriageReturn = finder(text, '\r')
    const quote = finder(text, '"')
    let from = 0
    while (from < text.length) {
      let end = Math.min(lineFeed(from), carriageReturn(from), text.length)
      let cells: readonly string[] | null = null
      let lines = 1
      if (quote(from) < end) {
        const record = quotedRecord(text, from, { separator, last, line })
        if (record === null) break
        cells = record.cells
        end = record.end
        lines += record.lineEnds
      }
      if (!last && (end === text.length || (end === text.length - 1 && text[end] === '\r'))) break
      checkSize(text, from, end)
      if (end > from) take(cells ?? text.slice(from, end).split(separator), line)
      line += lines
      from = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1)
    }
    waiting = text.slice(from)
    worthALook = waiting.length * 2
    checkSize(waiting, 0, waiting.length)
  }

  return {
    write(text) {
      waiting += text
      if (waiting.length >= worthALook || waiting.length > recordBytes) cut(false)
    },
    end: () => cut(true),
  }
}

/** Where something comes next, not before `from`, which only grows: each place is looked at once. */
function finder(text: string, what: string): (from: number) => number {
  let at = -1
  return (from) => {
    if (at < from) {
      at = text.indexOf(what, from)
      if (at < 0) at = Number.POSITIVE_INFINITY
    }
    return at
  }
}
