import { linkOf, literalsOf, slotsOf, targetPart, variableVerdict } from './link-target.js'
import type { ParsedTemplate } from './parsed-template.js'
import { type HtmlTag, readHtml } from './read-html.js'
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
  readHtml(html.literals, {
    text() {},
    close() {},
    open(tag) {
      const code = faultOf(tag, html, values)
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

function faultOf(
  tag: HtmlTag,
  html: ParsedTemplate,
  values: ReadonlyMap<string, string>,
): TemplateWarning['code'] | null {
  const has = (name: string) => tag.attributes.some((one) => one.name === name)
  if (tag.name === 'img') return has('alt') ? null : 'missing-alt'
  if (tag.name === 'script') return has('src') ? 'external-script' : null
  return isUntracked(tag, html, values) ? 'untracked-link' : null
}

/** What is left alone on purpose needs no warning (TRK-1). A whole URL that is not known yet may turn out well. */
function isUntracked(tag: HtmlTag, { slots }: ParsedTemplate, values: ReadonlyMap<string, string>): boolean {
  const link = linkOf(tag, slots)
  if (link?.verdict.type !== 'variable') return link?.verdict.type === 'untrackable'
  const { pieces } = link.href
  const used = slotsOf(pieces, slots)
  if (used.some(({ name, context }) => context === 'url' && !values.has(name))) return false
  const parts = used.map((slot) => targetPart(slot, values.get(slot.name) ?? ''))
  return variableVerdict(literalsOf(pieces), parts).type === 'untrackable'
}
