import type { SlotContext } from './parsed-template.js'
import type { Piece } from './read-html.js'

/** Attributes whose value is one URL, in the HTML standard and in what mail still uses. */
export const urlAttributes: ReadonlySet<string> = new Set(
  'href src action formaction poster background cite longdesc lowsrc dynsrc data codebase usemap icon manifest profile xlink:href'.split(
    ' ',
  ),
)

/** Schemes a literal beginning may have; what a value brings must be one of the first four (TPL-3). */
const literalSchemes: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel', 'cid'])

/**
 * The contexts of the slots of a URL attribute, in order, or the reason why it may hold none. The slot that begins the value
 * carries the scheme; behind a literal beginning, values are percent-encoded and can change neither scheme nor structure.
 */
export function urlContexts(pieces: readonly Piece[]): readonly SlotContext[] | string {
  const contexts: SlotContext[] = []
  let prefix = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      if (contexts.length === 0) prefix += piece
    } else if (contexts.length > 0) {
      contexts.push('url-part')
    } else {
      const settled = prefix.trim() === '' ? 'url' : settledBy(prefix)
      if (settled !== 'url' && settled !== 'url-part') return settled
      contexts.push(settled)
    }
  }
  return contexts
}

/** `foo{{x}}` is refused: with a `:` behind the slot the value could make a scheme of it. */
function settledBy(prefix: string): string {
  // Browsers leave out tab and line ends anywhere in a URL.
  const url = prefix.replace(/[\t\n\r]/g, '').trimStart()
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme !== undefined) return literalSchemes.has(scheme) ? 'url-part' : 'url-scheme'
  return /^[^:]*[/?#]/.test(url) ? 'url-part' : 'url-beginning'
}
