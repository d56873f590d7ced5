import type { ParsedTemplate, Slot, SlotContext } from './parsed-template.js'
import { type HtmlTag, type Piece, readHtml } from './read-html.js'
import { textFlow } from './text-flow.js'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const paragraphs = words('p h1 h2 h3 h4 h5 h6 ul ol dl blockquote table pre figure')
const lines = words('div tr li dt dd section article header footer main nav aside center address form fieldset caption')
/** Content that is not for reading. */
const dropped = words('head script style title template object select noembed')
const empty = words('area base br col embed hr img input link meta source track wbr')

const plainContext: Readonly<Record<SlotContext, SlotContext>> = {
  text: 'plain',
  attribute: 'plain',
  url: 'plain-url',
  'url-part': 'url-part',
  plain: 'plain',
  'plain-url': 'plain-url',
  header: 'plain',
}

/**
 * The text alternative of an HTML template (TPL-6), made once and spliced like any other: paragraphs, lists, `text (url)` for links,
 * alternative texts for images. Slots keep their names and are given the context of a text body.
 */
export function htmlToText(html: ParsedTemplate): ParsedTemplate {
  const slots: Slot[] = []
  const flow = textFlow(html.slots, (index) => {
    const slot = html.slots[index]
    if (slot) slots.push({ ...slot, context: plainContext[slot.context] })
  })
  const anchors: { readonly href: readonly Piece[]; readonly shown: () => string }[] = []
  const lists: { readonly ordered: boolean; count: number }[] = []
  let skip: string | null = null
  let depth = 0

  const openElement = ({ name, attributes }: HtmlTag) => {
    const attribute = (wanted: string) => attributes.find((one) => one.name === wanted)?.pieces ?? []
    if (paragraphs.has(name)) flow.breakLine(2)
    else if (lines.has(name)) flow.breakLine(1)
    if (name === 'br') flow.newLine()
    else if (name === 'hr') flow.rule()
    else if (name === 'td' || name === 'th') flow.write([' '])
    else if (name === 'img') flow.write(attribute('alt'))
    else if (name === 'a') anchors.push({ href: attribute('href'), shown: flow.shownSince() })
    else if (name === 'ul' || name === 'ol') lists.push({ ordered: name === 'ol', count: 0 })
    else if (name === 'li') flow.write([bullet(lists.at(-1))])
  }

  readHtml(html.literals, {
    text(pieces) {
      if (skip === null) flow.write(pieces)
    },
    open(tag) {
      if (skip !== null) depth += tag.name === skip && !tag.selfClosing ? 1 : 0
      else if (dropped.has(tag.name)) {
        if (!empty.has(tag.name) && !tag.selfClosing) {
          skip = tag.name
          depth = 1
        }
      } else openElement(tag)
    },
    close(name) {
      // A head that is never closed ends where the body begins to matter: at its own end tag or that of the document.
      if (skip !== null) {
        if (name === skip) depth -= 1
        if (depth === 0 || name === 'html') skip = null
        return
      }
      if (name === 'a') {
        const anchor = anchors.pop()
        const target = anchor ? linkTarget(anchor.href, anchor.shown(), flow.keyOf) : []
        if (target.length > 0) flow.write([' (', ...target, ')'])
      }
      if (name === 'ul' || name === 'ol') lists.pop()
      if (paragraphs.has(name)) flow.breakLine(2)
      else if (lines.has(name)) flow.breakLine(1)
    },
  })

  const variables = new Set(slots.filter(({ kind }) => kind === 'variable').map(({ name }) => name))
  return { what: 'text', literals: flow.literals(), slots, variables: [...variables] }
}

function bullet(list: { readonly ordered: boolean; count: number } | undefined): string {
  if (!list?.ordered) return '- '
  list.count += 1
  return `${list.count}. `
}

/** Nothing for anchors, scripts, and links whose text is their target. */
function linkTarget(
  href: readonly Piece[],
  shown: string,
  keyOf: (pieces: readonly Piece[]) => string,
): readonly Piece[] {
  const key = keyOf(href).trim()
  if (key === '' || key.startsWith('#') || /^\s*(javascript|vbscript|data|cid):/i.test(key)) return []
  const bare = key.replace(/^(mailto|tel):/i, '')
  return [key, bare, bare.replace(/^https?:\/\//i, '').replace(/\/$/, '')].includes(shown.trim()) ? [] : href
}
