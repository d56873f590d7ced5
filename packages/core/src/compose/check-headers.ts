import { hasUnsafeHeaderChars } from '../domain/address/index.js'
import { MailError } from '../errors/mail-error.js'

/** Headers a caller may set besides `X-`: none that addresses, routes, authenticates or structures a mail (TRG-1). */
const allowed: readonly string[] = [
  'Auto-Submitted',
  'Comments',
  'Content-Language',
  'Expires',
  'Feedback-ID',
  'Importance',
  'In-Reply-To',
  'Keywords',
  'List-Archive',
  'List-Help',
  'List-ID',
  'List-Owner',
  'Organization',
  'Precedence',
  'Priority',
  'References',
  'Sensitivity',
]
/**
 * What relays of providers take for orders (SendGrid, Mailgun, Postmark, SES, Mandrill, SparkPost, Mailjet, Brevo): further recipients, past every gate; whose event it
 * will be. They are the operator's, who gives them to his transport (T32).
 */
const orders = /^x-(?:smtpapi$|(?:mailgun|pm|ses|mc|msys|mj|mailin)-)/

const allowedLower = new Map(allowed.map((name) => [name.toLowerCase(), name]))

export const HEADERS_MAX = 20
/** Characters of one value. */
export const HEADER_VALUE_MAX = 900

export type HeaderPair = readonly [name: string, value: string]

/**
 * Custom headers from the safe list or with an `X-` name that no relay obeys, each once.
 * @throws HEADER_INVALID with the position, and with the name where that is harmless
 */
export function checkHeaders(headers: Readonly<Record<string, string>> | readonly HeaderPair[]): readonly HeaderPair[] {
  const pairs: readonly HeaderPair[] = Array.isArray(headers) ? headers : Object.entries(headers)
  if (pairs.length > HEADERS_MAX) throw new MailError('HEADER_INVALID', { reason: 'too-many', maximum: HEADERS_MAX })
  const seen = new Set<string>()
  return pairs.map(([given, value], index): HeaderPair => {
    const refuse = (reason: string, more: Readonly<Record<string, unknown>> = {}): MailError =>
      new MailError('HEADER_INVALID', { field: `headers.${index}`, reason, ...more })
    if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(given)) throw refuse('name')
    const lower = given.toLowerCase()
    const name = allowedLower.get(lower) ?? given
    if (!allowedLower.has(lower) && !/^x-[a-z0-9]/.test(lower))
      throw refuse('not-allowed', { header: name, nearest: `X-${name}`, allowed })
    if (orders.test(lower)) throw refuse('reserved', { header: name })
    if (seen.has(lower)) throw refuse('repeated', { header: name })
    seen.add(lower)
    if (typeof value !== 'string' || value.trim() === '') throw refuse('empty', { header: name })
    if (value.length > HEADER_VALUE_MAX) throw refuse('too-long', { header: name, maximum: HEADER_VALUE_MAX })
    if (hasUnsafeHeaderChars(value)) throw refuse('control-character', { header: name })
    return [name, value]
  })
}
