import { MailError } from '../../errors/mail-error.js'
import { parseTemplate } from './parse-template.js'
import { variablesOf } from './parsed-template.js'
import { checkSubject, SUBJECT_MAX } from './subject.js'
import { hasLoneSurrogate, utf8Size } from './text-checks.js'

export const TEMPLATE_NAME_MAX = 100
/** Octets of the body in UTF-8 (TPL-1). */
export const TEMPLATE_MAX = 1_048_576

export interface TemplateInput {
  readonly name: string
  readonly type: 'html' | 'text'
  /** A string, or the bytes of an uploaded file. */
  readonly body: string | Uint8Array
  /** The text part beside an HTML body; none: one is made (TPL-6). */
  readonly text?: string | Uint8Array | null | undefined
  /** The default subject (TPL-4). */
  readonly subject?: string | null | undefined
}

/** A template that has passed every check and may be stored. */
export interface TemplateContent {
  readonly name: string
  readonly type: 'html' | 'text'
  readonly subject: string | null
  readonly body: string
  readonly text: string | null
  /** Of body and text, in order of first use; those of a subject are counted when it is known which one wins (TPL-4). */
  readonly variables: readonly string[]
}

/**
 * TPL-1 to TPL-3: checks a template before it is stored.
 * @throws INPUT_INVALID (name), TEMPLATE_TOO_LARGE, TEMPLATE_ENCODING, TEMPLATE_SYNTAX, TEMPLATE_UNSAFE_SLOT, SUBJECT_INVALID
 */
export function templateInput(input: TemplateInput): TemplateContent {
  const { type } = input
  const name = templateName(input.name)
  const body = templateBody(input.body, 'body')
  const text = input.text == null || type === 'text' ? null : templateBody(input.text, 'text')
  const subject = input.subject || null
  if (subject !== null) {
    checkSubject(subject, { max: SUBJECT_MAX })
    parseTemplate(subject, 'subject')
  }
  const parts = [parseTemplate(body, type), ...(text === null ? [] : [parseTemplate(text, 'text')])]
  return { name, type, subject, body, text, variables: variablesOf(parts) }
}

/** @throws INPUT_INVALID unless 1 to 100 characters without control characters; spaces around it are dropped */
export function templateName(given: string): string {
  const name = given.trim()
  if (name === '' || [...name].length > TEMPLATE_NAME_MAX || /\p{Cc}|\p{Surrogate}/u.test(name)) {
    throw new MailError('INPUT_INVALID', {
      field: 'name',
      expected: `1 to ${TEMPLATE_NAME_MAX} characters`,
      maximum: TEMPLATE_NAME_MAX,
    })
  }
  return name
}

/** The text of a body: UTF-8, byte order mark dropped. @throws TEMPLATE_TOO_LARGE, TEMPLATE_ENCODING */
export function templateBody(given: string | Uint8Array, field: string): string {
  const size = typeof given === 'string' ? utf8Size(given) : given.byteLength
  if (size > TEMPLATE_MAX + 3) throw tooLarge(field, size)
  const text = typeof given === 'string' ? given.replace(/^\uFEFF/, '') : decode(given, field)
  if (hasLoneSurrogate(text)) throw new MailError('TEMPLATE_ENCODING', { field, reason: 'lone-surrogate' })
  if (utf8Size(text) > TEMPLATE_MAX) throw tooLarge(field, utf8Size(text))
  return text
}

const tooLarge = (field: string, size: number): MailError =>
  new MailError('TEMPLATE_TOO_LARGE', { field, size, maximum: TEMPLATE_MAX, unit: 'octets' })

function decode(bytes: Uint8Array, field: string): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  try {
    if (!utf16) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: told below.
  }
  throw new MailError('TEMPLATE_ENCODING', { field, expected: 'UTF-8', ...(utf16 ? { found: 'UTF-16' } : {}) })
}
