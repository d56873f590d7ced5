import type { ParsedTemplate } from './parsed-template.js'
import { type HtmlAttribute, type HtmlTag, readHtml } from './read-html.js'
import { utf8Size } from './text-checks.js'

/** What a sender should know about an HTML body; none of it is refused (TPL-5). */
export interface TemplateWarning {
  readonly code: 'missing-alt' | 'over-102-kb' | 'external-script' | 'untracked-link'
  readonly count: number
  /** Of the first twenty. */
  readonly lines: readonly number[]
}

/** Gmail cuts what is longer. Octets of HTML. */
export const CLIP_SIZE = 102 * 1024
/** A target with variables is sealed in its token up to this length, in characters. */
export const TRACKED_LINK_MAX = 1_500

const LINES_MAX = 20

/** Warnings about an HTML body; `values` are put in for its variables, where lengths depend on them. */
export function htmlWarnings(
  html: ParsedTemplate,
  values: ReadonlyMap<string, string> = new Map(),
): readonly TemplateWarning[] {
  const found = new Map<TemplateWarning['code'], { count: number; lines: number[] }>()
  const warn = (code: TemplateWarning['code'], line: number) => {
    const known = found.get(code) ?? { count: 0, lines: [] }
    known.count += 1
    if (known.lines.length < LINES_MAX && !known.lines.includes(line)) known.lines.push(line)
    found.set(code, known)
  }
  const textOf = (attribute: HtmlAttribute): string =>
    attribute.pieces.map((piece) => (typeof piece === 'string' ? piece : slotValue(html, piece, values))).join('')

  readHtml(html.literals, {
    text() {},
    close() {},
    open(tag) {
      const code = faultOf(tag, textOf)
      if (code) warn(code, tag.line)
    },
  })
  const size = html.literals.reduce((sum, literal) => sum + utf8Size(literal), 0)
  if (size + html.slots.reduce((sum, _, slot) => sum + utf8Size(slotValue(html, slot, values)), 0) > CLIP_SIZE)
    warn('over-102-kb', 1)
  return [...found].map(([code, { count, lines }]) => ({ code, count, lines }))
}

const slotValue = ({ slots }: ParsedTemplate, slot: number, values: ReadonlyMap<string, string>): string =>
  values.get(slots[slot]?.name ?? '') ?? ''

function faultOf(tag: HtmlTag, textOf: (attribute: HtmlAttribute) => string): TemplateWarning['code'] | null {
  const attribute = (name: string) => tag.attributes.find((one) => one.name === name)
  if (tag.name === 'img') return attribute('alt') ? null : 'missing-alt'
  if (tag.name === 'script') return attribute('src') ? 'external-script' : null
  const href = tag.name === 'a' || tag.name === 'area' ? attribute('href') : undefined
  return href && !isTracked(href, textOf(href).trim()) ? 'untracked-link' : null
}

/** Anchors, mailto and tel are left alone on purpose (TRK-1) and need no warning. */
function isTracked({ pieces }: HtmlAttribute, target: string): boolean {
  const variable = pieces.some((piece) => typeof piece === 'number')
  if (variable && target.length > TRACKED_LINK_MAX) return false
  if (variable && typeof pieces[0] === 'number') return true
  return /^(?:https?:\/\/|mailto:|tel:|#)/i.test(target)
}
