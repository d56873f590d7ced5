/** Something in double braces, as it is shown in the editor. Whether the template may be saved says the API. */
export interface Mark {
  readonly from: number
  /** Behind the last character. */
  readonly to: number
  readonly name: string
  /** `service`: filled in by the service, no value is asked for it. `doubtful`: the API will refuse it. */
  readonly kind: 'variable' | 'service' | 'doubtful'
}

const SERVICE_NAMES: ReadonlySet<string> = new Set(['unsubscribe_url'])
const RESERVED = /^(?:__proto__|prototype|constructor|this|else|true|false|null|undefined|\.{1,2}|-?\d+(?:\.\d+)?)$/
const NAME = /^[\p{L}\p{Nd}_.-]{1,64}$/u

/** Finds what stands in double braces; `\{{` are plain braces (TPL-2). Looks at each character a fixed number of times. */
export function marksOf(source: string): readonly Mark[] {
  const marks: Mark[] = []
  let from = 0
  for (let at = source.indexOf('{{'); at >= 0; at = source.indexOf('{{', from)) {
    let slashes = 0
    while (at - slashes > from && source[at - slashes - 1] === '\\') slashes += 1
    if (slashes === 1) {
      from = at + 2
      continue
    }
    const end = source.indexOf('}}', at + 2)
    if (end < 0) return [...marks, { from: at, to: lineEnd(source, at), name: '', kind: 'doubtful' }]
    const name = source.slice(at + 2, end).trim()
    marks.push({ from: at, to: end + 2, name, kind: kindOf(name) })
    from = end + 2
  }
  return marks
}

function kindOf(name: string): Mark['kind'] {
  if (SERVICE_NAMES.has(name)) return 'service'
  return NAME.test(name) && !RESERVED.test(name) ? 'variable' : 'doubtful'
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end
}

/** The variables of all sources together, in order of first use. */
export const variablesIn = (...sources: readonly string[]): readonly string[] => [
  ...new Set(
    sources
      .flatMap(marksOf)
      .filter(({ kind }) => kind === 'variable')
      .map(({ name }) => name),
  ),
]

/** Where a line and a column, both from 1, lie in the source. */
export function offsetOf(source: string, line: number, column: number): number {
  let start = 0
  for (let nth = 1; nth < line; nth += 1) {
    const end = source.indexOf('\n', start)
    if (end < 0) break
    start = end + 1
  }
  return Math.min(source.length, start + column - 1)
}

export interface Piece {
  readonly from: number
  readonly text: string
  readonly kind: Mark['kind'] | 'refused' | null
}

/** The source cut where its marks begin and end. What the API refuses at `refusedAt` is marked as such. */
export function piecesOf(source: string, refusedAt: number | null): readonly Piece[] {
  const marks = marksOf(source)
  const inMark = marks.some(({ from, to }) => refusedAt !== null && from <= refusedAt && refusedAt < to)
  const cuts: readonly (Omit<Mark, 'name' | 'kind'> & { readonly kind: Piece['kind'] })[] =
    refusedAt === null || inMark
      ? marks
      : [...marks, { from: refusedAt, to: refusedAt + 1, kind: 'refused' as const }].sort((a, b) => a.from - b.from)
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to, kind } of cuts) {
    if (from > at) pieces.push({ from: at, text: source.slice(at, from), kind: null })
    const refused = refusedAt !== null && from <= refusedAt && refusedAt < to
    pieces.push({ from, text: source.slice(from, to), kind: refused ? 'refused' : kind })
    at = to
  }
  return [...pieces, { from: at, text: source.slice(at), kind: null }]
}
