import { MailError, nearestName } from '@mailwright/core'

const nearestNote = (nearest: string | null): string => (nearest === null ? '' : `, did you mean ${nearest}?`)

/** What the operator wrote cannot be used. It names the place and what is expected, and never repeats a value, which may be a secret. */
export const usageError = (field: string, expected: string, nearest: string | null = null): MailError =>
  new MailError(
    'OPTIONS_INVALID',
    { field, expected, ...(nearest === null ? {} : { nearest }) },
    { note: `${field}: ${expected}${nearestNote(nearest)}` },
  )

/** For a name that is none of `known`. */
export const unknownName = (kind: string, given: string, known: readonly string[]): MailError =>
  usageError(kind, `one of ${known.join(', ')}`, nearestName(given, known))
