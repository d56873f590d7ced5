const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

/** True at an unpaired half of a surrogate pair, which has no UTF-8 form. `code` is the unit at `at`. */
export function isLoneSurrogate(value: string, at: number, code: number): boolean {
  if (!isSurrogate(code)) return false
  const high = code <= 0xdbff
  const other = value.charCodeAt(high ? at + 1 : at - 1)
  return high ? !(other >= 0xdc00 && other <= 0xdfff) : !(other >= 0xd800 && other <= 0xdbff)
}

/** C0, DEL, NEL and the Unicode line ends: what some mailer somewhere takes for a line end or cuts a value at. */
export const isUnsafeInHeader = (code: number): boolean =>
  code < 0x20 || code === 0x7f || code === 0x85 || code === 0x2028 || code === 0x2029

/** Where the first character stands that must not reach a header (T1), or -1. */
export function unsafeHeaderChar(value: string): number {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (isUnsafeInHeader(code) || isLoneSurrogate(value, at, code)) return at
  }
  return -1
}

/** True if the value must not be bound to a header: CR, LF, NUL and all C0, DEL, NEL, U+2028/9, lone surrogates (T1). */
export const hasUnsafeHeaderChars = (value: string): boolean => unsafeHeaderChar(value) !== -1

/** Controls that reorder what a reader sees (UAX 9), so that an address looks like another one. */
const isBidiControl = (code: number): boolean =>
  (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0x200e || code === 0x200f

/** Beyond ASCII a local part may hold anything RFC 6531 allows, except what hides, reorders or has no UTF-8 form. */
export const isUnsafeBeyondAscii = (value: string, at: number, code: number): boolean =>
  (code >= 0x80 && code < 0xa0) || isUnsafeInHeader(code) || isBidiControl(code) || isLoneSurrogate(value, at, code)

const isAlphanumeric = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)

const specials = new Set([..."!#$%&'*+-/=?^_`{|}~"].map((char) => char.charCodeAt(0)))

/** atext of RFC 5322 §3.2.3, ASCII only. */
export const isAtext = (code: number): boolean => isAlphanumeric(code) || specials.has(code)

/** Letters, digits and hyphen of a host name (RFC 1123 §2.1). */
export const isHostChar = (code: number): boolean => isAlphanumeric(code) || code === 0x2d

/** Octets of the UTF-8 form, without making it. */
export function utf8Length(value: string): number {
  let octets = 0
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    octets += code < 0x80 ? 1 : code < 0x800 || isSurrogate(code) ? 2 : 3
  }
  return octets
}
