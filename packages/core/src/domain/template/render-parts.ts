import { MailError } from '../../errors/mail-error.js'
import { escapeFor } from './escape.js'
import { targetPart, variableVerdict } from './link-target.js'
import { isLinkSlot, type LinkSlot, type MailTemplate, type Slot } from './parsed-template.js'
import { type Values, valueFault } from './values.js'

/** The tokens of one mail (TRK-1), in URL characters. */
export interface MailLinks {
  open(): string
  click(version: string, link: number): string
  sealed(target: string): string
}

export interface RenderInput {
  readonly values: Values
  /** Needed where the template holds `{{unsubscribe_url}}`. */
  readonly unsubscribeUrl?: string | undefined
  /** Needed where something is tracked. */
  readonly links?: MailLinks | undefined
}

/**
 * What goes into one slot, made safe for it. A missing value is an error, never an empty text (TPL-9).
 * @throws VARIABLES_MISMATCH, VALUE_INVALID, UNSAFE_URL
 */
export function slotText(slot: Slot | LinkSlot, input: RenderInput): string {
  if (isLinkSlot(slot)) return linkText(slot, input)
  const { name, context } = slot
  const value = slotValue(slot, input)
  const reason = valueFault(value)
  if (reason !== null) throw new MailError('VALUE_INVALID', { variable: name, reason })
  try {
    return escapeFor(context, value)
  } catch (error) {
    if (error instanceof MailError)
      throw new MailError(error.code, { ...error.details, variable: name }, { cause: error })
    throw error
  }
}

function slotValue({ kind, name }: Slot, input: RenderInput): string {
  const value = kind === 'variable' ? input.values.get(name) : input.unsubscribeUrl
  if (value !== undefined) return value
  // Only a service without a public address makes no such link.
  if (kind === 'unsubscribe-url') throw new MailError('PUBLIC_URL_REQUIRED', { field: 'publicUrl', variable: name })
  throw new MailError('VARIABLES_MISMATCH', { missing: [name], unknown: [] })
}

function linkText(slot: LinkSlot, input: RenderInput): string {
  const { links } = input
  if (!links) throw new TypeError('a tracked mail needs the links of its recipient')
  switch (slot.kind) {
    case 'pixel':
      return links.open()
    case 'link':
      return links.click(slot.version, slot.number)
    case 'sealed-link':
      return links.sealed(slot.target)
    case 'variable-link':
      return variableLink(slot, links, input)
    default:
      return slot satisfies never
  }
}

/** A value is refused whether links are tracked or not. */
function variableLink(
  { written, target, prefix }: Extract<LinkSlot, { kind: 'variable-link' }>,
  links: MailLinks,
  input: RenderInput,
): string {
  const parts = written.slots.map((slot) => {
    const text = slotText(slot, input)
    return slot.context === 'url' ? targetPart(slot, slotValue(slot, input)) : text
  })
  const verdict = variableVerdict(target, parts)
  return verdict.type === 'tracked' ? prefix + links.sealed(verdict.target) : renderTemplate(written, input)
}

/** The whole text of one part. @throws as `slotText` */
export function renderTemplate(
  { literals, slots }: Pick<MailTemplate, 'literals' | 'slots'>,
  input: RenderInput,
): string {
  let text = literals[0] ?? ''
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]
    if (slot) text += slotText(slot, input) + (literals[index + 1] ?? '')
  }
  return text
}
