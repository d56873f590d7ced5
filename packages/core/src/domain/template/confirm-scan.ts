import Handlebars from 'handlebars'
import type { Scan } from './scan-template.js'

/** Beyond this the scanner alone decides: the parser needs up to 10 µs a tag, and its time on hostile text is not ours to bound (T3). */
const CONFIRM_MAX = { characters: 65_536, braces: 1_000 }

/**
 * A second opinion: Handlebars' own parser must see the same literals and tags as the scanner, and nothing else of its language.
 * Each tag is shown to it as `{{v}}`, since it has readings of its own for some names TPL-2 allows (`elsewhere`, `a..b`).
 * Only the parser runs, never the compiler. True if they agree, or if the source is too long to ask.
 */
export function handlebarsAgrees(source: string, { literals, tags }: Scan): boolean {
  const braces = source.length > CONFIRM_MAX.characters ? Infinity : source.split('{{').length - 1
  if (braces === 0 || braces > CONFIRM_MAX.braces) return true
  let shown = ''
  let from = 0
  for (const { start, end } of tags) {
    shown += `${source.slice(from, start)}{{v}}`
    from = end
  }
  const read: string[] = ['']
  try {
    for (const statement of Handlebars.parseWithoutProcessing(shown + source.slice(from)).body) {
      if (isContent(statement)) read[read.length - 1] += statement.value
      else if (isPlainVariable(statement)) read.push('')
      else return false
    }
  } catch {
    return false
  }
  return read.length === literals.length && read.every((literal, index) => literal === literals[index])
}

const isContent = (node: hbs.AST.Node): node is hbs.AST.ContentStatement => node.type === 'ContentStatement'

function isPlainVariable(node: hbs.AST.Node): boolean {
  if (node.type !== 'MustacheStatement') return false
  const { path, params, hash, escaped, strip } = node as hbs.AST.MustacheStatement
  const named = path.type === 'PathExpression' && (path as hbs.AST.PathExpression).original === 'v'
  return named && params.length === 0 && !hash && escaped && !strip.open && !strip.close
}
