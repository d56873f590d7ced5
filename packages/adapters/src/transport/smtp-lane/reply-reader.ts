import type { Reply } from '@mailwright/core'

/** RFC 5321 §4.5.3.1.5 allows 512 octets; servers write longer ones. */
const LINE_MAX = 8_192
const LINES_MAX = 200
/** Of all lines of a reply. */
const REPLY_MAX = 65_536
/** What is kept of a reply. */
const TEXT_MAX = 2_000

export interface ReplyEvents {
  /** `read` makes the whole reply; most are known by their code alone. It is to be called at once, if at all. */
  readonly reply: (code: number, read: () => Reply) => void
  /** What came is no reply of SMTP; nothing after it is read. */
  readonly fault: (cause: string) => void
}

const LF = 10
const CR = 13
const SPACE = 32
const HYPHEN = 45

/** The code that the line between the offsets begins with, or 0. */
const codeAt = (bytes: Buffer, start: number, end: number): number => {
  const a = (bytes[start] ?? 0) - 48
  const b = (bytes[start + 1] ?? 0) - 48
  const c = (bytes[start + 2] ?? 0) - 48
  if (end - start < 3 || a < 2 || a > 5 || b < 0 || b > 9 || c < 0 || c > 9) return 0
  const next = bytes[start + 3]
  return end - start === 3 || next === SPACE || next === HYPHEN ? a * 100 + b * 10 + c : 0
}

const enhancedAtStart = /^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])/
// Postgres stores no NUL, and a terminal escape in a log is nobody's wish.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
const unstorable = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu

const textOf = (bytes: Buffer, start: number, end: number): string =>
  bytes.toString('utf8', Math.min(start + 4, end), end).trim()

const replyOf = (code: number, texts: readonly string[]): Reply => {
  const text = texts.join('\n').trim().slice(0, TEXT_MAX).replace(unstorable, ' ')
  return { code, enhanced: enhancedAtStart.exec(text)?.[0] ?? null, text }
}

/**
 * Reads replies (RFC 5321 §4.2) in whatever pieces they come. A server may write what it likes: lines without an end, replies without an end and codes that
 * change within a reply are faults, and cost no more than some ten kilobytes.
 */
export const replyReader = ({ reply, fault }: ReplyEvents): ((chunk: Buffer) => void) => {
  let rest: Buffer | null = null
  /** Of a reply of several lines, those before its last. */
  let before: string[] = []
  let codeBefore = 0
  let octets = 0
  let broken = false
  // The last line of the reply that is being told.
  let bytes: Buffer = Buffer.alloc(0)
  let start = 0
  let end = 0

  const stop = (cause: string): void => {
    broken = true
    rest = null
    fault(cause)
  }

  const read = (): Reply => {
    const last = textOf(bytes, start, end)
    return replyOf(codeAt(bytes, start, end), before.length === 0 ? [last] : [...before, last])
  }

  const take = (): void => {
    const code = codeAt(bytes, start, end)
    if (code === 0) stop('the server sent something that is no reply')
    else if (codeBefore !== 0 && codeBefore !== code) stop('the server changed the code within a reply')
    else if (bytes[start + 3] !== HYPHEN) {
      reply(code, read)
      before = []
      codeBefore = 0
      octets = 0
    } else {
      codeBefore = code
      octets += end - start
      if (before.length + 1 >= LINES_MAX || octets > REPLY_MAX) stop('the server sent a reply without end')
      else before.push(textOf(bytes, start, end))
    }
  }

  return (chunk) => {
    if (broken) return
    bytes = rest === null ? chunk : Buffer.concat([rest, chunk])
    rest = null
    let at = 0
    for (let lf = bytes.indexOf(LF); lf >= 0 && !broken; lf = bytes.indexOf(LF, at)) {
      start = at
      end = lf > at && bytes[lf - 1] === CR ? lf - 1 : lf
      at = lf + 1
      take()
    }
    if (broken || at === bytes.length) return
    if (bytes.length - at > LINE_MAX) stop('the server sent a line without end')
    else rest = bytes.subarray(at)
  }
}

/** The queue id most servers name in their answer to the content, for the operator's search in the other log. */
export const remoteIdOf = (reply: Reply): string | null =>
  /\b(?:queued as|id=)\s*<?([A-Za-z0-9._@-]{4,200})/i.exec(reply.text)?.[1] ?? null
