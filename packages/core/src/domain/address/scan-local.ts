import { isAtext, isUnsafeBeyondAscii, isUnsafeInHeader } from './characters.js'

export type LocalFault =
  | 'local-empty'
  | 'local-dots'
  | 'local-character'
  | 'local-quoting'
  | 'control-character'
  | 'smtputf8-not-enabled'

/** Where the local part ends and what is wrong with it, if anything. */
export interface LocalScan {
  readonly end: number
  readonly fault: LocalFault | null
}

const DOT = 0x2e
const QUOTE = 0x22
const BACKSLASH = 0x5c
const AT = 0x40

const fail = (fault: LocalFault): LocalScan => ({ end: -1, fault })

function beyondAscii(input: string, at: number, code: number, smtpUtf8: boolean): LocalFault | null {
  if (isUnsafeBeyondAscii(input, at, code)) return 'control-character'
  return smtpUtf8 ? null : 'smtputf8-not-enabled'
}

/** dot-string of RFC 5321 §4.1.2: atoms between single dots, up to the `@` or the end. */
function scanDotString(input: string, smtpUtf8: boolean): LocalScan {
  let afterDot = true
  let at = 0
  for (; at < input.length; at++) {
    const code = input.charCodeAt(at)
    if (code === AT) break
    if (code === DOT) {
      if (afterDot) return fail('local-dots')
      afterDot = true
      continue
    }
    if (!isAtext(code)) {
      if (code < 0x80) return fail(isUnsafeInHeader(code) ? 'control-character' : 'local-character')
      const fault = beyondAscii(input, at, code, smtpUtf8)
      if (fault) return fail(fault)
    }
    afterDot = false
  }
  if (at === 0) return fail('local-empty')
  return afterDot ? fail('local-dots') : { end: at, fault: null }
}

/** quoted-string of RFC 5321 §4.1.2: printable ASCII and space, `"` and `\` only behind a backslash. */
function scanQuotedString(input: string, smtpUtf8: boolean): LocalScan {
  for (let at = 1; at < input.length; at++) {
    let code = input.charCodeAt(at)
    if (code === QUOTE) return at === 1 ? fail('local-empty') : { end: at + 1, fault: null }
    const escaped = code === BACKSLASH
    if (escaped) code = input.charCodeAt(++at)
    if (Number.isNaN(code)) return fail('local-quoting')
    if (isUnsafeInHeader(code)) return fail('control-character')
    if (code >= 0x80) {
      if (escaped) return fail('local-quoting')
      const fault = beyondAscii(input, at, code, smtpUtf8)
      if (fault) return fail(fault)
    }
  }
  return fail('local-quoting')
}

/** Reads the local part at the start of `input`, in one pass. */
export const scanLocal = (input: string, smtpUtf8: boolean): LocalScan =>
  input.charCodeAt(0) === QUOTE ? scanQuotedString(input, smtpUtf8) : scanDotString(input, smtpUtf8)

/**
 * The form two spellings of one mailbox share: `"ann"` and `ann` name the same one (RFC 5321 §4.1.2), so quoting must not
 * lead round a blocklist. Quotes stay only where an atom could not say it.
 */
export function canonicalLocal(local: string): string {
  if (local.charCodeAt(0) !== QUOTE) return local
  const plain = local.slice(1, -1).replace(/\\(.)/gs, '$1')
  const scan = scanDotString(plain, true)
  if (scan.fault === null && scan.end === plain.length) return plain
  return `"${plain.replace(/["\\]/g, '\\$&')}"`
}
