import type { Reply } from '../../ports/transport.js'

/** Longest text kept of a reply, in UTF-16 units. */
export const MAX_REPLY_TEXT = 2_000
/** More than this is not even looked at, so that a hostile server buys no time (T19). */
const MAX_READ = 16_000

const codeAtStart = /^([2-5][0-9]{2})(?:[ -]|$)/
const enhancedAtStart = /^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])/
// Postgres stores no NUL, and a terminal escape in a log is nobody's wish.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
const unstorable = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu

/** Makes server text safe to store: no control characters or lone surrogates, at most 2,000 units. Linear in its input. */
export function cutReplyText(text: string): string {
  const clean = text.slice(0, MAX_READ).replace(unstorable, ' ').trim()
  if (clean.length <= MAX_REPLY_TEXT) return clean
  // Never in the middle of a surrogate pair.
  const splitsPair = /[\ud800-\udbff]/.test(clean.charAt(MAX_REPLY_TEXT - 1))
  return clean.slice(0, splitsPair ? MAX_REPLY_TEXT - 1 : MAX_REPLY_TEXT)
}

/**
 * Reads an SMTP reply (RFC 5321 §4.2), one line or many. The text keeps what stood after the code of each line, the
 * enhanced status too, so that `code + ' ' + text` is what the server said. Without a code it is told from the enhanced status
 * (550, 450 or 250), and is 0 if there is none. Never throws; linear in its input, whoever wrote it.
 */
export function parseReply(line: string): Reply {
  const lines = line
    .slice(0, MAX_READ)
    .split(/\r\n|\n|\r/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  let code = 0
  let enhanced: string | null = null
  const texts: string[] = []
  for (const raw of lines) {
    const found = codeAtStart.exec(raw)?.[1]
    // A later line with another code is text: RFC 5321 §4.2.1 wants the same code on every line.
    const isCode = found !== undefined && (code === 0 || Number(found) === code) && (code !== 0 || texts.length === 0)
    if (isCode) code = Number(found)
    const text = isCode ? raw.slice(4).trim() : raw
    enhanced ??= enhancedAtStart.exec(text)?.[0] ?? null
    texts.push(text)
  }
  return { code: code === 0 ? codeFor(enhanced) : code, enhanced, text: cutReplyText(texts.join('\n')) }
}

function codeFor(enhanced: string | null): number {
  if (enhanced === null) return 0
  return Number(enhanced.charAt(0)) * 100 + 50
}
