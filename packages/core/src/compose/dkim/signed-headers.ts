import type { HeaderField } from './header-fields.js'

/**
 * Signed where they are present, and named once more than they are there, so that nobody can add one: what a reader sees, what makes the structure, and what a
 * reader's program acts on (RFC 6376 §5.4.1, §8.15; RFC 8058 §4 wants both List-Unsubscribe fields signed).
 */
const oversigned: readonly string[] = [
  'from',
  'reply-to',
  'subject',
  'date',
  'to',
  'cc',
  'message-id',
  'mime-version',
  'content-type',
  'list-unsubscribe',
  'list-unsubscribe-post',
]

/** Signed where they are present. */
const signed: readonly string[] = [
  'sender',
  'in-reply-to',
  'references',
  'content-transfer-encoding',
  'content-language',
  'auto-submitted',
  'feedback-id',
  'list-id',
  'list-help',
  'list-owner',
  'list-archive',
]

export interface SignedHeaders {
  /** The value of `h=`. */
  readonly names: readonly string[]
  /** What is hashed of them: relaxed, each with its CRLF, of fields of one name the last first. */
  readonly text: string
}

export function signedHeaders(fields: readonly HeaderField[]): SignedHeaders {
  const names: string[] = []
  let text = ''
  const take = (name: string): void => {
    for (let at = fields.length - 1; at >= 0; at--) {
      const field = fields[at]
      if (field?.name !== name) continue
      names.push(name)
      text += `${field.relaxed}\r\n`
    }
  }
  for (const name of oversigned) {
    take(name)
    names.push(name)
  }
  for (const name of signed) take(name)
  return { names, text }
}
