import type { MailTemplate, ParsedTemplate } from './parsed-template.js'

type Part = string | MailTemplate['slots'][number]

/** Puts `put` in place of what stands in [from, to), offsets in `markupOf`. Slots in there go with it. */
export interface Splice {
  readonly from: number
  readonly to: number
  readonly put: readonly Part[]
}

/** The template with the splices done, which are in order and apart; all else stays as it is, character for character. */
export function spliceTemplate(template: ParsedTemplate, splices: readonly Splice[]): MailTemplate {
  const literals: string[] = []
  const slots: MailTemplate['slots'][number][] = []
  let open = ''
  const put = (part: Part) => {
    if (typeof part === 'string') {
      open += part
      return
    }
    literals.push(open)
    slots.push(part)
    open = ''
  }

  let index = 0
  let start = 0
  let at = 0
  const goTo = (to: number, use: (part: Part) => void) => {
    for (;;) {
      const literal = template.literals[index] ?? ''
      const end = start + literal.length
      if (at < Math.min(end, to)) use(literal.slice(at - start, to - start))
      at = Math.max(at, Math.min(end, to))
      const slot = template.slots[index]
      if (to <= end || !slot) return
      use(slot)
      index += 1
      start = at = end + 1
    }
  }
  for (const splice of splices) {
    goTo(splice.from, put)
    goTo(splice.to, () => {})
    splice.put.forEach(put)
  }
  goTo(Infinity, put)
  return { ...template, literals: [...literals, open], slots }
}
