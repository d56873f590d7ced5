import { MailError } from '../../errors/mail-error.js'
import { escapeFor } from './escape.js'
import type { ParsedTemplate, Slot } from './parsed-template.js'
import { type Values, valueFault } from './values.js'

export interface RenderInput {
  readonly values: Values
  /** Needed where the template holds `{{unsubscribe_url}}`. */
  readonly unsubscribeUrl?: string | undefined
}

/**
 * What goes into one slot, made safe for it. A missing value is an error, never an empty text (TPL-9).
 * @throws VARIABLES_MISMATCH, VALUE_INVALID, UNSAFE_URL
 */
export function slotText({ kind, name, context }: Pick<Slot, 'kind' | 'name' | 'context'>, input: RenderInput): string {
  const value = kind === 'variable' ? input.values.get(name) : input.unsubscribeUrl
  if (value === undefined) throw new MailError('VARIABLES_MISMATCH', { missing: [name], unknown: [] })
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

/** The whole text of one part. @throws as `slotText` */
export function renderTemplate({ literals, slots }: ParsedTemplate, input: RenderInput): string {
  let text = literals[0] ?? ''
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]
    if (slot) text += slotText(slot, input) + (literals[index + 1] ?? '')
  }
  return text
}
