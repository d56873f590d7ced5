import { MailError } from '../errors/mail-error.js'
import type { Instant } from '../ports/clock.js'

/** RFC 5322 §3.3, in UTC: `Mon, 23 Nov 2026 10:00:00 +0000`. @throws HEADER_INVALID beyond the years 1900 to 9999 */
export function dateText(instant: Instant): string {
  const date = new Date(instant)
  const year = date.getUTCFullYear()
  if (!(year >= 1900 && year <= 9999)) throw new MailError('HEADER_INVALID', { header: 'Date', reason: 'out-of-range' })
  return date.toUTCString().replace('GMT', '+0000')
}
