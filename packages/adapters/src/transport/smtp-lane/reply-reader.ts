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
const NO_BYTES = Buffer.alloc(0)
/** Of a digit its value, of any other octet more than 9. */
const digit = (octet: number | undefined): number => (octet === undefined || octet < 48 ? 10 : octet - 48)

/** The code the line between `from` and `to` begins with, or 0. */
const codeAt = (bytes: Buffer, from: number, to: number): number => {
  const a = digit(bytes[from])
  const b = digit(bytes[from + 1])
  const c = digit(bytes[from + 2])
  if (to - from < 3 || a < 2 || a > 5 || b > 9 || c > 9) return 0
  const next = to - from === 3 ? SPACE : bytes[from + 3]
  return next === SPACE || next === HYPHEN ? a * 100 + b * 10 + c : 0
}

const enhancedAtStart = /^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])/
// Postgres stores no NUL, and a terminal escape in a log is nobody's wish.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
const unstorable = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu

const replyOf = (code: number, lines: string): Reply => {
  const text = lines.trim().slice(0, TEXT_MAX).replace(unstorable, ' ')
  return { code, enhanced: enhancedAtStart.exec(text)?.[0] ?? null, text }
}

/**
 * Reads replies (RFC 5321 §4.2) in whatever pieces they come. A server may write what it likes: lines without an end, replies without an end and codes that
 * change within a reply are faults, and cost no more than some ten kilobytes. Nearly all replies are one line, of which only the code is looked at: nothing is
 * cut out or made text before it is asked for. The chunk is looked at and let go of.
 */
export const replyReader = ({ reply, fault }: ReplyEvents): ((chunk: Buffer) => void) => {
  /** Of a line whose end has not come. */
  let rest: Buffer | null = null
  /** The lines of a reply before its last. */
  let before: string[] = []
  let begun = 0
  let octets = 0
  let broken = false
  /** The last line of the reply that is being told. */
  let bytes: Buffer = NO_BYTES
  let from = 0
  let to = 0

  const textOfLine = (): string => bytes.toString('utf8', from + 4, to).trim()
  const read = (): Reply => {
    const last = textOfLine()
    return replyOf(codeAt(bytes, from, to), before.length === 0 ? last : [...before, last].join('\n'))
  }

  const stop = (cause: string): void => {
    broken = true
    rest = null
    fault(cause)
  }

  const takeLine = (): void => {
    const code = codeAt(bytes, from, to)
    octets += to - from
    if (code === 0) stop('the server sent something that is no reply')
    else if (begun !== 0 && begun !== code) stop('the server changed the code within a reply')
    else if (to - from > 3 && bytes[from + 3] === HYPHEN) {
      begun = code
      before.push(textOfLine())
      if (before.length >= LINES_MAX || octets > REPLY_MAX) stop('the server sent a reply without end')
    } else {
      reply(code, read)
      if (begun !== 0) before = []
      begun = 0
      octets = 0
    }
  }

  return (chunk) => {
    if (broken) return
    bytes = rest === null ? chunk : Buffer.concat([rest, chunk])
    rest = null
    from = 0
    for (let end = bytes.indexOf(LF); end >= 0 && !broken; end = bytes.indexOf(LF, from)) {
      to = end > from && bytes[end - 1] === CR ? end - 1 : end
      takeLine()
      from = end + 1
    }
    if (!broken && bytes.length - from > LINE_MAX) stop('the server sent a line without end')
    else if (!broken && from < bytes.length) rest = Buffer.from(bytes.subarray(from))
    bytes = NO_BYTES
  }
}

/** The queue id most servers name in their answer to the content, for the operator's search in the other log. */
export const remoteIdOf = (reply: Reply): string | null =>
  /\b(?:queued as|id=)\s*<?([A-Za-z0-9._@-]{4,200})/i.exec(reply.text)?.[1] ?? null
