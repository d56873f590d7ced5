import { isMailError, MailError } from '../../errors/mail-error.js'
import { handlebarsAgrees } from './confirm-scan.js'
import {
  type ParsedTemplate,
  type Slot,
  type SlotContext,
  type TemplateKind,
  UNSUBSCRIBE_URL,
} from './parsed-template.js'
import { scanTemplate } from './scan-template.js'
import { slotContexts } from './slot-contexts.js'
import { hasLoneSurrogate } from './text-checks.js'

const contextOf: Readonly<Record<Exclude<TemplateKind, 'html'>, SlotContext>> = { text: 'plain', subject: 'header' }

/**
 * Takes a template apart (TPL-2): plain `{{name}}` variables and nothing else of Handlebars. Linear in the source.
 * @throws TEMPLATE_SYNTAX, for html also TEMPLATE_UNSAFE_SLOT, both with field, line and column; TEMPLATE_ENCODING on lone surrogates
 */
export function parseTemplate(source: string, what: TemplateKind): ParsedTemplate {
  try {
    return takeApart(source, what)
  } catch (error) {
    throw isMailError(error) ? inField(error, what) : error
  }
}

/** A template has up to three sources; a line and column say little without the one that they are of. */
function inField({ code, details }: MailError, field: TemplateKind): MailError {
  const { line, column } = details
  const note = line === undefined ? field : `${field}, line ${line}, column ${column}`
  return new MailError(code, { ...details, field }, { note })
}

function takeApart(source: string, what: TemplateKind): ParsedTemplate {
  if (hasLoneSurrogate(source)) throw new MailError('TEMPLATE_ENCODING', { reason: 'lone-surrogate' })
  const scan = scanTemplate(source)
  const { literals, tags } = scan
  if (!handlebarsAgrees(source, scan))
    throw new MailError('TEMPLATE_SYNTAX', { line: 1, column: 1, reason: 'handlebars' })
  const contexts = what === 'html' ? slotContexts(literals, tags) : tags.map(() => contextOf[what])
  const slots = tags.map(({ name, line, column }, index): Slot => {
    const unsubscribe = name === UNSUBSCRIBE_URL
    if (unsubscribe && what === 'subject') {
      throw new MailError('TEMPLATE_SYNTAX', { line, column, reason: 'reserved-name', variable: name })
    }
    return {
      kind: unsubscribe ? 'unsubscribe-url' : 'variable',
      name,
      context: contexts[index] ?? 'plain',
      line,
      column,
    }
  })
  const variables = new Set(slots.filter(({ kind }) => kind === 'variable').map(({ name }) => name))
  return { what, literals: what === 'html' ? literals.map(closeAmpersand) : literals, slots, variables: [...variables] }
}

/** A bare `&` before a slot is written as it is read: `AT&{{x}}` and the value `lt;` would make a `<` of both. */
const closeAmpersand = (literal: string, index: number, all: readonly string[]): string =>
  index < all.length - 1 && literal.endsWith('&') ? `${literal}amp;` : literal
