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
const HYPHEN = 45
const isDigit = (octet: number | undefined): octet is number => octet !== undefined && octet >= 48 && octet <= 57

/** The code a line begins with, or 0. */
const codeOf = (line: Buffer): number => {
  const [a, b, c, next] = line
  if (!isDigit(a) || !isDigit(b) || !isDigit(c)) return 0
  const code = (a - 48) * 100 + (b - 48) * 10 + (c - 48)
  return code >= 200 && code < 600 && (next === undefined || next === 32 || next === HYPHEN) ? code : 0
}

const enhancedAtStart = /^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])/
// Postgres stores no NUL, and a terminal escape in a log is nobody's wish.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
const unstorable = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu

const replyOf = (code: number, lines: readonly Buffer[]): Reply => {
  const texts = lines.map((line) => line.toString('utf8', 4).trim())
  const text = texts.join('\n').trim().slice(0, TEXT_MAX).replace(unstorable, ' ')
  return { code, enhanced: enhancedAtStart.exec(text)?.[0] ?? null, text }
}

/**
 * Reads replies (RFC 5321 §4.2) in whatever pieces they come. A server may write what it likes: lines without an end, replies without an end and codes that
 * change within a reply are faults, and cost no more than some ten kilobytes.
 */
export const replyReader = ({ reply, fault }: ReplyEvents): ((chunk: Buffer) => void) => {
  let rest: Buffer | null = null
  let lines: Buffer[] = []
  let octets = 0
  let broken = false

  const stop = (cause: string): void => {
    broken = true
    rest = null
    fault(cause)
  }

  const take = (line: Buffer): void => {
    const code = codeOf(line)
    const [first] = lines
    lines.push(line)
    octets += line.length
    if (code === 0) stop('the server sent something that is no reply')
    else if (first !== undefined && codeOf(first) !== code) stop('the server changed the code within a reply')
    else if (line[3] !== HYPHEN) {
      const whole = lines
      lines = []
      octets = 0
      reply(code, () => replyOf(code, whole))
    } else if (lines.length >= LINES_MAX || octets > REPLY_MAX) stop('the server sent a reply without end')
  }

  return (chunk) => {
    if (broken) return
    const bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk])
    rest = null
    let at = 0
    for (let end = bytes.indexOf(LF); end >= 0 && !broken; end = bytes.indexOf(LF, at)) {
      take(bytes.subarray(at, end > at && bytes[end - 1] === CR ? end - 1 : end))
      at = end + 1
    }
    if (broken || at === bytes.length) return
    if (bytes.length - at > LINE_MAX) stop('the server sent a line without end')
    else rest = bytes.subarray(at)
  }
}

/** The queue id most servers name in their answer to the content, for the operator's search in the other log. */
export const remoteIdOf = (reply: Reply): string | null =>
  /\b(?:queued as|id=)\s*<?([A-Za-z0-9._@-]{4,200})/i.exec(reply.text)?.[1] ?? null
