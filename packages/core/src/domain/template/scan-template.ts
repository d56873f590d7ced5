import { MailError } from '../../errors/mail-error.js'
import { lineCounter } from './text-checks.js'
import { VARIABLE_NAME_MAX, variableNameFault } from './variable-name.js'

/** Places in one template. Rules name no figure; this keeps a hostile 1 MiB from costing more than its size (T3). */
export const SLOTS_MAX = 10_000

export interface Tag {
  readonly name: string
  /** Offsets in the source, of `{{` and after `}}`. */
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

/** One more literal than tags; escapes are undone. */
export interface Scan {
  readonly literals: readonly string[]
  readonly tags: readonly Tag[]
}

/** What Handlebars would make of the character behind the braces; all of it is refused (TPL-2). */
const constructs: Readonly<Record<string, string>> = {
  '{': 'triple-braces',
  '#': 'block',
  '/': 'block-end',
  '^': 'inverse-block',
  '>': 'partial',
  '!': 'comment',
  '&': 'unescaped',
  '*': 'decorator',
  '~': 'whitespace-control',
  '@': 'data-variable',
  '[': 'segment-literal',
  '"': 'string',
  "'": 'string',
  '(': 'sub-expression',
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r'

function trimBlank(text: string): string {
  let from = 0
  let to = text.length
  while (isBlank(text[from])) from += 1
  while (to > from && isBlank(text[to - 1])) to -= 1
  return text.slice(from, to)
}

function reasonOf(inner: string, name: string): string {
  const construct = constructs[inner[0] ?? ''] ?? constructs[name[0] ?? '']
  if (construct) return construct
  const fault = variableNameFault(name) ?? 'character'
  return fault === 'character' && /^\S+\s/.test(name) ? 'helper-or-arguments' : fault
}

/**
 * Finds the `{{name}}` of a template in one pass, each character looked at a fixed number of times, so that no input is slow (T3).
 * Backslashes count as in Handlebars: `\{{` is literal, `\\{{` is a backslash and a variable.
 * @throws TEMPLATE_SYNTAX with the line and column of the first thing that is not a plain variable.
 */
export function scanTemplate(source: string): Scan {
  const literals: string[] = []
  const tags: Tag[] = []
  const positionOf = lineCounter(source)
  const refuse = (at: number, reason: string): MailError =>
    new MailError('TEMPLATE_SYNTAX', {
      ...positionOf(at),
      reason,
      expected: '{{name}}',
      nameMaximum: VARIABLE_NAME_MAX,
    })
  const nul = source.indexOf('\0')
  if (nul >= 0) throw refuse(nul, 'nul')

  let literal = ''
  let from = 0
  for (let at = source.indexOf('{{'); at >= 0; at = source.indexOf('{{', from)) {
    let slashes = 0
    while (at - slashes > from && source[at - slashes - 1] === '\\') slashes += 1
    if (source[at + 2] === '{') throw refuse(at, 'triple-braces')
    if (slashes === 1) {
      literal += `${source.slice(from, at - 1)}{{`
      from = at + 2
      continue
    }
    const end = source.indexOf('}}', at + 2)
    if (end < 0) throw refuse(at, 'unclosed')
    const inner = source.slice(at + 2, end)
    const name = trimBlank(inner)
    if (variableNameFault(name)) throw refuse(at, reasonOf(inner, name))
    if (source[end + 2] === '}') throw refuse(end, 'triple-braces')
    if (tags.length === SLOTS_MAX) throw refuse(at, 'too-many-variables')
    literals.push(literal + source.slice(from, slashes > 1 ? at - 1 : at))
    tags.push({ name, start: at, end: end + 2, ...positionOf(at) })
    literal = ''
    from = end + 2
  }
  literals.push(literal + source.slice(from))
  return { literals, tags }
}
