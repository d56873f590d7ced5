import { tryParseAddress } from '../address/index.js'

/** What addresses in running text lie between; full-width forms too. */
const between =
  /[\s<>"'`()[\]{};,|=*\u201c\u201d\u2018\u2019\u300c\u300d\u300a\u300b\uff08\uff09\uff0c\uff1b\uff1a\u3001\u3002\u3010\u3011]+/
const before = /^(?:mailto:|smtp:|rfc822:|to:|address:|email:|recipient:)+/i
const after = /[.:!?\u2026]+$/
const ADDRESS_TEXT_MAX = 320

/** An address in whatever dress a report gives it; null if there is none. Never throws. */
export function bareAddress(given: string): string | null {
  const word = given.trim().replace(before, '').replace(after, '')
  if (word.length > ADDRESS_TEXT_MAX || !word.includes('@')) return null
  return tryParseAddress(word, { smtpUtf8: true })?.mailbox ?? null
}

/** Addresses in a line, in their order. Linear: it is split first, so that no pattern runs over long text. */
export function addressesIn(line: string): readonly string[] {
  if (!line.includes('@')) return []
  return line
    .slice(0, 4_000)
    .split(between)
    .flatMap((word) => bareAddress(word) ?? [])
}

/** RFC 6533 §3: characters beyond ASCII as `\x{HEX}`. RFC 3461 §4: `+2B` and `+3D`, which some servers leave as they are. */
const decoded = (value: string): string =>
  value
    .replace(/\\x\{([0-9a-f]{1,6})\}/gi, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole
    })
    .replace(/\+(2B|3D)/g, (_, hex: string) => (hex === '2B' ? '+' : '='))

/** The value of Final-Recipient and its like: `type; address` (RFC 3464 §2.3.1), with or without the type, brackets or a source route. */
export function typedAddress(value: string | null): string | null {
  if (value === null) return null
  const typed = decoded(value.slice(0, 1_000).replace(/^[\w-]{1,30}\s*;/, ''))
  const route = typed.replace(/^\s*<?@[^:\s]{1,255}:/, '')
  return bareAddress(route.replace(/^[\s<"\\]+|[\s>"]+$/g, '')) ?? addressesIn(route)[0] ?? null
}
