import { type Code, codes, type ErrorKind } from './codes.js'

const brand = Symbol.for('mailwright.error')

/** Facts about a refusal: the field, line, variable or limit, and the nearest valid value. Loggers redact it. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * The one error the product throws on purpose. Its message comes from the code table, with the field and what it should be, and never holds an
 * address, content or a secret (ERR-2); what is specific stands in `details`.
 */
export class MailError extends Error {
  readonly code: Code
  readonly kind: ErrorKind
  readonly details: ErrorDetails

  /** @param options.note What the message adds for people; left out: `field` and `expected` of the details, which the throwing code then owns. */
  constructor(
    code: Code,
    details: ErrorDetails = {},
    options: { readonly cause?: unknown; readonly note?: string } = {},
  ) {
    const { note = noteOf(details), ...rest } = options
    super(note ? `${codes[code].message} (${note})` : codes[code].message, rest)
    this.name = 'MailError'
    this.code = code
    this.kind = codes[code].kind
    this.details = details
    Object.defineProperty(this, brand, { value: true })
  }

  toJSON(): { code: Code; message: string; details: ErrorDetails } {
    return { code: this.code, message: this.message, details: this.details }
  }
}

const noteOf = ({ field, expected }: ErrorDetails): string =>
  typeof field === 'string' && typeof expected === 'string' ? `${field}: ${expected}` : ''

/** True for a MailError of any copy of this package (by brand, not by class), and of the given code if one is given. */
export function isMailError(error: unknown, code?: Code): error is MailError {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || ('code' in error && error.code === code)
}
