import { type Code, codes, type ErrorKind } from './codes.js'

const brand = Symbol.for('mailwright.error')

/** Facts about a refusal: the field, line, variable or limit, and the nearest valid value. Loggers redact it. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * The one error the product throws on purpose. Its message comes from the code table and never holds an address, content
 * or a secret (ERR-2); what is specific stands in `details`.
 */
export class MailError extends Error {
  readonly code: Code
  readonly kind: ErrorKind
  readonly details: ErrorDetails

  constructor(code: Code, details: ErrorDetails = {}, options: { readonly cause?: unknown } = {}) {
    super(codes[code].message, options)
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

/** True for a MailError of any copy of this package (by brand, not by class), and of the given code if one is given. */
export function isMailError(error: unknown, code?: Code): error is MailError {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || ('code' in error && error.code === code)
}
