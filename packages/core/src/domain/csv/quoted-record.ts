import { MailError } from '../../errors/mail-error.js'

interface QuotedRecord {
  readonly cells: readonly string[]
  /** Where its line end stands, or the text's end. */
  readonly end: number
  /** Within its cells. */
  readonly lineEnds: number
}

interface Place {
  readonly separator: string
  /** No more text comes. */
  readonly last: boolean
  /** The record's first, for what is refused. */
  readonly line: number
}

/** The record at `from`, some of whose cells are in quotes (RFC 4180 §2.5 to §2.7); null if it may go on in text that has not come. @throws CSV_ROW_INVALID */
export function quotedRecord(text: string, from: number, { separator, last, line }: Place): QuotedRecord | null {
  const refusal = (reason: 'stray-quote' | 'quote-not-closed') => new MailError('CSV_ROW_INVALID', { line, reason })
  const cells: string[] = []
  let lineEnds = 0
  for (let at = from; ; at++) {
    const start = at
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1)
      at = close + 1
      if (!last && (close < 0 || at === text.length)) return null
      if (close < 0) throw refusal('quote-not-closed')
      const cell = text.slice(start + 1, close).replaceAll('""', '"')
      cells.push(cell)
      lineEnds += cell.match(/\r\n|\n|\r/g)?.length ?? 0
      if (at < text.length && !isEnd(text[at], separator)) throw refusal('stray-quote')
    } else {
      while (at < text.length && !isEnd(text[at], separator)) {
        if (text[at] === '"') throw refusal('stray-quote')
        at++
      }
      if (!last && at === text.length) return null
      cells.push(text.slice(start, at))
    }
    if (text[at] !== separator) return { cells, end: at, lineEnds }
  }
}

const isEnd = (char: string | undefined, separator: string): boolean =>
  char === separator || char === '\n' || char === '\r'

/** Of a cell whose text begins at `from`, or -1: a quote that is not one of two. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}
