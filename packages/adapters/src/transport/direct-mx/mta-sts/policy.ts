/** A domain's word on who takes its mail and whether only over TLS (RFC 8461 §3.2). */
export interface StsPolicy {
  readonly mode: 'enforce' | 'testing' | 'none'
  /** Patterns of MX host names, in lower case. */
  readonly mx: readonly string[]
  readonly maxAgeSeconds: number
}

/** RFC 8461 §3.2: about a year; a longer word is cut to it. */
const LONGEST_AGE_SECONDS = 31_557_600
/** What no honest policy comes near. */
const MOST_MX = 200

const isPattern = (text: string): boolean =>
  text.length <= 255 && /^(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/.test(text)

/** Reads the file of a policy; null unless it is one. Unknown fields are passed over, of a doubled one the first counts (RFC 8461 §3.2). */
export const parsePolicy = (text: string): StsPolicy | null => {
  const fields = new Map<string, string>()
  const mx: string[] = []
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon < 0 && line.trim() !== '') return null
    const name = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    if (name === 'mx') mx.push(value.replace(/\.$/, '').toLowerCase())
    else if (colon >= 0 && !fields.has(name)) fields.set(name, value)
  }
  const mode = fields.get('mode')
  const age = fields.get('max_age') ?? ''
  if (fields.get('version') !== 'STSv1' || !/^\d{1,10}$/.test(age)) return null
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return null
  if (mx.length > MOST_MX || !mx.every(isPattern) || (mode !== 'none' && mx.length === 0)) return null
  return { mode, mx, maxAgeSeconds: Math.min(Number(age), LONGEST_AGE_SECONDS) }
}

/** RFC 8461 §4.1: equal names, or one label in the place of the asterisk. */
export const matchesMx = ({ mx }: StsPolicy, host: string): boolean =>
  mx.some((pattern) =>
    pattern.startsWith('*.')
      ? host.slice(host.indexOf('.')) === pattern.slice(1) && host.includes('.')
      : host === pattern,
  )

/**
 * The id of the policy that the records at `_mta-sts.<domain>` announce (RFC 8461 §3.1); null if they announce none, which more than one record also means.
 */
export const policyId = (records: readonly string[]): string | null => {
  const ours = records.filter((record) => /^v=STSv1\s*;/.test(record))
  const [record] = ours
  if (record === undefined || ours.length > 1 || record.length > 4_096) return null
  const field = record.split(';').find((part) => /^\s*id\s*=/.test(part))
  const id = field?.slice(field.indexOf('=') + 1).trim() ?? ''
  return /^[A-Za-z0-9]{1,32}$/.test(id) ? id : null
}
