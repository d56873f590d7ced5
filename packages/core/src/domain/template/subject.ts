import { MailError } from '../../errors/mail-error.js'
import { unsafeHeaderChar } from '../address/index.js'

/** Characters (code points): RFC 5322 §2.1.1 for single mails, the guide's figure for batches (TRG-2). */
export const SUBJECT_MAX = 998
export const BATCH_SUBJECT_MAX = 100

/**
 * A subject, or the source of one: 1 to `max` characters, none of them a line end or another control character (TRG-2).
 * @throws SUBJECT_INVALID with the reason
 */
export function checkSubject(subject: string, { max }: { readonly max: number }): void {
  if (subject.trim() === '') throw new MailError('SUBJECT_INVALID', { reason: 'empty', minimum: 1 })
  if (subject.length > 2 * max || (subject.length > max && [...subject].length > max)) {
    throw new MailError('SUBJECT_INVALID', { reason: 'too-long', maximum: max, unit: 'characters' })
  }
  const unsafe = unsafeHeaderChar(subject)
  if (unsafe >= 0) throw new MailError('SUBJECT_INVALID', { reason: 'control-character', position: unsafe + 1 })
}

/** TPL-4: the subject of the send or task wins over the template's default; an empty one counts as not given. @throws SUBJECT_REQUIRED */
export function winningSubject(given: string | null | undefined, templateDefault: string | null | undefined): string {
  const subject = given || templateDefault
  if (!subject) throw new MailError('SUBJECT_REQUIRED', { field: 'subject' })
  return subject
}
