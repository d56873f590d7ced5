import { type TemplateContent, templateInput } from '../../domain/template/index.js'
import { MailError } from '../../errors/mail-error.js'

type Content = string | Uint8Array

interface Given {
  readonly name: string
  readonly type?: 'html' | 'text' | undefined
  readonly subject?: string | null | undefined
  readonly html?: Content | undefined
  readonly text?: Content | null | undefined
  readonly body?: Content | undefined
}

/**
 * Which of `html`, `text` and `body` is the body, and the whole of it checked (TPL-1 to TPL-3).
 * @throws INPUT_INVALID and what `templateInput` throws.
 */
export function templateContent(given: Given): TemplateContent {
  const { name, subject, html, body } = given
  const type = given.type ?? (html !== undefined ? 'html' : given.text != null ? 'text' : undefined)
  if (type === undefined)
    throw new MailError('INPUT_INVALID', { field: 'type', expected: 'html or text', nearest: 'html' })
  if (type === 'text' && html !== undefined) throw wrongBody('html', 'text')
  const own = type === 'html' ? html : (given.text ?? undefined)
  if (own !== undefined && body !== undefined) throw wrongBody('body', type)
  const chosen = own ?? body
  if (chosen === undefined) throw wrongBody(type, type)
  return templateInput({ name, type, subject, body: chosen, text: type === 'html' ? given.text : null })
}

const wrongBody = (field: string, nearest: string): MailError =>
  new MailError('INPUT_INVALID', { field, expected: `one body, as ${nearest} or body`, nearest })
