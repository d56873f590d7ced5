import { QuoteType, Tokenizer } from 'htmlparser2'
import { lineCounter } from './text-checks.js'

/** Literal text, or the index of a slot. */
export type Piece = string | number

export interface HtmlAttribute {
  /** Lower case. */
  readonly name: string
  /** Character references are decoded. */
  readonly pieces: readonly Piece[]
  readonly quoted: boolean
  /** The value as it is written. */
  readonly written: readonly Piece[]
  /** Where it stands, quotes not included: offsets in `markupOf`. */
  readonly from: number
  readonly to: number
}

export interface HtmlTag {
  readonly name: string
  readonly attributes: readonly HtmlAttribute[]
  readonly selfClosing: boolean
  readonly line: number
}

export interface HtmlReader {
  /** `raw`: the element whose content is no markup (`style`, `title`, …), or null. */
  text(pieces: readonly Piece[], raw: string | null): void
  open(tag: HtmlTag): void
  /** `at`: offset of its `<` in `markupOf`. */
  close(name: string, at: number): void
  /** A slot where no value can go; slots in a tag that never ends are reported nowhere. */
  misplaced?(slot: number, place: 'comment' | 'tag-name' | 'attribute-name' | 'declaration'): void
  /** From here on browsers may read the markup otherwise than we do. */
  ambiguous?(): void
}

const rawElements: ReadonlySet<string> = new Set(['script', 'style', 'title', 'textarea', 'xmp'])
/** Raw or not by circumstances (scripting, frames); `tmp`, `xitle`, `xextarea` are raw to this tokenizer only. */
const unclear: ReadonlySet<string> = new Set('iframe noembed noframes noscript plaintext tmp xitle xextarea'.split(' '))
/** Inside these a raw element is not raw, or not even an element. */
const foreign: ReadonlySet<string> = new Set(['svg', 'math', 'select', 'frameset'])

/** Stands for a slot in what the tokenizer sees: a letter, since a value could begin with one where that changes the meaning. */
const MARK = 'x'

/** The markup as offsets count it: each slot is one character. */
export const markupOf = (literals: readonly string[]): string => literals.join(MARK)

/**
 * Tokenizes HTML whose slots lie between the literals, and reports the constructs on which htmlparser2 and the WHATWG standard
 * differ, so that whoever judges by context can stop trusting it. Linear in the input.
 */
export function readHtml(literals: readonly string[], reader: HtmlReader): void {
  const html = markupOf(literals)
  const offsets: number[] = []
  let sum = 0
  for (let index = 0; index < literals.length - 1; index++) {
    sum += literals[index]?.length ?? 0
    offsets.push(sum)
    sum += MARK.length
  }

  let slot = 0
  const skipTo = (start: number) => {
    while ((offsets[slot] ?? Infinity) < start) slot += 1
  }
  const piecesOf = (start: number, end: number): Piece[] => {
    skipTo(start)
    const pieces: Piece[] = []
    let from = start
    for (let at = offsets[slot]; at !== undefined && at < end; at = offsets[++slot]) {
      if (at > from) pieces.push(html.slice(from, at))
      pieces.push(slot)
      from = at + MARK.length
    }
    if (end > from) pieces.push(html.slice(from, end))
    return pieces
  }
  const writtenOf = (value: readonly Piece[], start: number, end: number): Piece[] => {
    const pieces: Piece[] = []
    let from = start
    for (const piece of value) {
      if (typeof piece === 'string') continue
      const at = offsets[piece] ?? end
      pieces.push(html.slice(from, at), piece)
      from = at + MARK.length
    }
    return [...pieces, html.slice(from, end)]
  }
  const misplace = (start: number, end: number, place: 'comment' | 'tag-name' | 'attribute-name' | 'declaration') => {
    skipTo(start)
    while ((offsets[slot] ?? Infinity) < end) reader.misplaced?.(slot++, place)
  }
  const ambiguous = () => reader.ambiguous?.()

  const positionOf = lineCounter(html)

  let name = ''
  let nameAt = 0
  let attributes: HtmlAttribute[] = []
  let attribute = ''
  let attributeEnd = 0
  let value: Piece[] = []
  let raw: string | null = null
  let inForeign = false

  const endTag = (selfClosing: boolean) => {
    if (unclear.has(name)) ambiguous()
    if (foreign.has(name)) inForeign = true
    if (rawElements.has(name)) {
      // Browsers ignore the slash of `<script/>`; htmlparser2 does not.
      if (selfClosing || inForeign) ambiguous()
      if (!selfClosing) raw = name
    }
    reader.open({ name, attributes, selfClosing, line: positionOf(nameAt).line })
    attributes = []
  }

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext(start, end) {
        // What is left of a tag that never ends comes as text, sometimes from -1.
        if (end === html.length && /<[a-z!?/]/i.test(html.slice(Math.max(0, start - 2), end)) && raw === null) {
          return misplace(Math.max(0, start), end, 'tag-name')
        }
        if (start < 0) return
        if (raw !== null && endsOtherwise(html.slice(start, end), raw)) ambiguous()
        const pieces = piecesOf(start, end)
        if (pieces.length > 0) reader.text(pieces, raw)
      },
      ontextentity(codePoint) {
        reader.text([String.fromCodePoint(codePoint)], raw)
      },
      onopentagname(start, end) {
        misplace(start, end, 'tag-name')
        name = html.slice(start, end).toLowerCase()
        nameAt = start
        attributes = []
      },
      onattribname(start, end) {
        misplace(start, end, 'attribute-name')
        attribute = html.slice(start, end).toLowerCase()
        attributeEnd = end
        value = []
      },
      onattribdata(start, end) {
        for (const piece of piecesOf(start, end)) value.push(piece)
      },
      onattribentity(codePoint) {
        value.push(String.fromCodePoint(codePoint))
      },
      onattribend(quote, end) {
        const quoted = quote === QuoteType.Double || quote === QuoteType.Single
        const to = quoted ? end - 1 : end
        const from = quote === QuoteType.NoValue ? to : valueStart(html, attributeEnd, quoted)
        attributes.push({ name: attribute, pieces: value, quoted, written: writtenOf(value, from, to), from, to })
        value = []
      },
      onopentagend() {
        endTag(false)
      },
      onselfclosingtag() {
        endTag(true)
      },
      onclosetag(start, end) {
        misplace(start, end, 'tag-name')
        const tagEnd = html.indexOf('>', end)
        // Browsers read attributes in end tags, so that a quoted `>` does not end them.
        if (/["'=/]/.test(html.slice(start, tagEnd < 0 ? html.length : tagEnd))) ambiguous()
        raw = null
        reader.close(html.slice(start, end).toLowerCase(), html.lastIndexOf('<', start))
      },
      oncomment(start, end) {
        // `--!>` ends a comment in browsers.
        if (html.slice(start, end).includes('--!>')) ambiguous()
        misplace(start, end, 'comment')
      },
      oncdata(start, end) {
        ambiguous()
        misplace(start, end, 'comment')
      },
      ondeclaration(start, end) {
        misplace(start, end, 'declaration')
      },
      onprocessinginstruction(start, end) {
        misplace(start, end, 'declaration')
      },
      onend() {},
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}

/** Behind the name come blanks, the equals sign, blanks, and perhaps a quote. The tokenizer tells only where a value ends. */
function valueStart(html: string, nameEnd: number, quoted: boolean): number {
  let at = nameEnd
  while (isBlank(html[at])) at += 1
  if (html[at] === '=') at += 1
  while (isBlank(html[at])) at += 1
  return quoted ? at + 1 : at
}

const isBlank = (char: string | undefined): boolean => char !== undefined && /[ \t\n\r\f]/.test(char)

/** Browsers also end a raw element at `</name/`, and a script that holds `<!--` may go on after `</script>`. */
const endsOtherwise = (text: string, raw: string): boolean =>
  text.toLowerCase().includes(`</${raw}/`) || (raw === 'script' && text.includes('<!--'))
