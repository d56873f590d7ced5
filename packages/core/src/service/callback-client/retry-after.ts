/** Date.parse reads almost anything; a date of HTTP has this form (RFC 9110 §5.6.7). */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Seconds to wait by a Retry-After header (RFC 9110 §10.2.3): a number, or a date measured against the answer's own Date, so that no clock of ours is
 * needed. null if it cannot be read.
 */
export function retryAfterSeconds(value: string | undefined, date: string | undefined): number | null {
  if (value === undefined) return null
  if (/^\d{1,9}$/.test(value)) return Number(value)
  if (!httpDate.test(value) || !httpDate.test(date ?? '')) return null
  const wait = (Date.parse(value) - Date.parse(date ?? '')) / 1_000
  return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : null
}
