import type { Piece } from './read-html.js'

/** Text being set: runs of white space become one space, blocks are parted by line ends, nothing trails. */
export interface TextFlow {
  write(pieces: readonly Piece[]): void
  newLine(): void
  rule(): void
  /** At least so many line ends before what comes next. */
  breakLine(count: number): void
  /** A function that says what was written since now, slots as marks that `keyOf` makes too. */
  shownSince(): () => string
  keyOf(pieces: readonly Piece[]): string
  /** What was written, cut at the slots. */
  literals(): readonly string[]
}

/** @param onSlot is told the index of each slot in the order written */
export function textFlow(names: readonly { readonly name: string }[], onSlot: (index: number) => void): TextFlow {
  const keyOf = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : `\0${names[piece]?.name}\0`)).join('')
  const done: string[] = []
  let literal = ''
  let shown: string[] = []
  let breaks = 0
  let space = false
  let started = false

  const put = (text: string) => {
    if (started && breaks > 0) literal += '\n'.repeat(breaks)
    else if (started && space) {
      literal += ' '
      shown.push(' ')
    }
    breaks = 0
    space = false
    started = true
    literal += text
  }

  return {
    write(pieces) {
      for (const piece of pieces) {
        if (typeof piece === 'number') {
          put('')
          done.push(literal)
          literal = ''
          shown.push(keyOf([piece]))
          onSlot(piece)
          continue
        }
        if (!/[ \t\n\r\f]/.test(piece)) {
          put(piece)
          shown.push(piece)
          continue
        }
        const text = piece.replace(/[ \t\n\r\f]+/g, ' ')
        const inner = text.trim() === '' ? '' : text.replace(/^ | $/g, '')
        if (text.startsWith(' ') && breaks === 0) space = true
        if (inner === '') continue
        put(inner)
        shown.push(inner)
        space = text.endsWith(' ')
      }
    },
    newLine() {
      breaks = Math.min(2, breaks + 1)
      space = false
    },
    rule() {
      breaks = Math.max(breaks, 2)
      put('---')
      breaks = 2
    },
    breakLine(count) {
      breaks = Math.max(breaks, count)
      space = false
    },
    shownSince() {
      const from = shown.length
      return () => shown.slice(from).join('')
    },
    keyOf,
    literals() {
      shown = []
      return [...done, started ? `${literal}\n` : '']
    },
  }
}
