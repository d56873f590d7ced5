import { MailError } from '../../errors/mail-error.js'
import type { SlotContext } from './parsed-template.js'
import { type HtmlTag, readHtml } from './read-html.js'
import type { Tag } from './scan-template.js'
import { urlAttributes, urlContexts } from './url-attributes.js'

/** Elements whose attributes load or run something, or change how others are read. */
const closedElements: ReadonlySet<string> = new Set(
  'script style iframe frame object embed applet base link meta param animate animatetransform animatemotion set'.split(
    ' ',
  ),
)
/** Attributes that hold styles, markup, scripts or several URLs. */
const closedAttributes: ReadonlySet<string> = new Set(
  'style srcdoc srcset imagesrcset ping archive classid attributename'.split(' '),
)

/**
 * Finds out by a real tokenizer where each slot of an HTML template stands. What is not proven to be a safe place is refused (TPL-3).
 * @throws TEMPLATE_UNSAFE_SLOT with line, column, variable and place of the first such slot
 */
export function slotContexts(literals: readonly string[], tags: readonly Tag[]): readonly SlotContext[] {
  const contexts: (SlotContext | undefined)[] = tags.map(() => undefined)
  const reasons: (string | undefined)[] = tags.map(() => undefined)
  let ambiguous = false
  const put = (slot: number, context: SlotContext) => {
    if (ambiguous) reasons[slot] = 'ambiguous-markup-before'
    else contexts[slot] = context
  }

  readHtml(literals, {
    text(pieces, raw) {
      for (const piece of pieces) {
        if (typeof piece === 'string') continue
        if (raw === null) put(piece, 'text')
        else reasons[piece] = raw
      }
    },
    open(tag) {
      for (const { slot, context, reason } of attributeSlots(tag)) {
        if (context) put(slot, context)
        else reasons[slot] = reason
      }
    },
    close() {},
    misplaced(slot, place) {
      reasons[slot] = place
    },
    ambiguous() {
      ambiguous = true
    },
  })

  return contexts.map((context, index) => {
    const unfinished = isUnfinishedReference(literals[index] ?? '')
    if (context !== undefined && !unfinished) return context
    const { line, column, name } = tags[index] as Tag
    const place = reasons[index] ?? (unfinished ? 'character-reference' : 'unfinished-markup')
    throw new MailError('TEMPLATE_UNSAFE_SLOT', { line, column, variable: name, place })
  })
}

/** `&#{{x}};` would let a value spell any character, also one that browsers read as part of a scheme. */
const isUnfinishedReference = (literal: string): boolean => /&#(?:\d*|x[\da-f]*)$/i.test(literal)

type AttributeSlot = { readonly slot: number; readonly context: SlotContext | null; readonly reason: string }

function* attributeSlots({ name: element, attributes }: HtmlTag): Generator<AttributeSlot> {
  for (const { name, pieces, quoted } of attributes) {
    const slots = pieces.filter((piece) => typeof piece === 'number')
    if (slots.length === 0) continue
    const reason = closedReason(element, name, quoted)
    const contexts = reason === null && urlAttributes.has(name) ? urlContexts(pieces) : null
    for (const [index, slot] of slots.entries()) {
      if (reason !== null) yield { slot, context: null, reason }
      else if (typeof contexts === 'string') yield { slot, context: null, reason: contexts }
      else yield { slot, context: contexts?.[index] ?? 'attribute', reason: '' }
    }
  }
}

function closedReason(element: string, attribute: string, quoted: boolean): string | null {
  if (!quoted) return 'unquoted-attribute'
  if (attribute.startsWith('on')) return 'event-attribute'
  if (closedAttributes.has(attribute)) return `${attribute}-attribute`
  return closedElements.has(element.replace(/^.*:/s, '')) ? `${element}-element` : null
}
