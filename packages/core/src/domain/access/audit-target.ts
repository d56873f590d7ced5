const ENTRIES_MAX = 10
const NAME_MAX = 64
const VALUE_MAX = 200

const KEY_SECRET = /(mw_[a-z2-7]{16}_)[a-z2-7]+/gi
const REQUEST_ID = /^[\w.:-]{1,128}$/

/**
 * What of the named segments of a path may stand in the audit, which outlives what it tells of (T31): ids and names. Of an address the domain stays, of an
 * API key its id; what is too long is cut, so that no path keeps a call from being recorded.
 */
export const auditTarget = (named: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(named)
      .slice(0, ENTRIES_MAX)
      .map(([name, value]) => [name.slice(0, NAME_MAX), masked(value.slice(0, VALUE_MAX))]),
  )

function masked(value: string): string {
  const at = value.lastIndexOf('@')
  return (at < 0 ? value : `…${value.slice(at)}`).replace(KEY_SECRET, '$1…')
}

/** What the caller names its request by; null if it is none or anything but a plain name, such as an address. */
export const auditRequestId = (given: string | null | undefined): string | null =>
  given !== null && given !== undefined && REQUEST_ID.test(given) ? given : null
