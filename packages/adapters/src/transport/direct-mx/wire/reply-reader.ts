import type { Reply } from '@mailwright/core'

/** Of a reply so much is kept (the port's bound), and of one that does not end so much is read. */
const LONGEST_TEXT = 2_000
const MOST_BYTES = 64 * 1_024

export interface ReplyReader {
  /** The replies that are complete now; null if what came is not SMTP, or has no end. */
  read(chunk: Buffer): readonly Reply[] | null
  /** Something has come that is not a whole reply yet. */
  readonly pending: boolean
}

const replyOf = (code: number, lines: readonly string[]): Reply => {
  const text = lines.join('\n').trim().slice(0, LONGEST_TEXT)
  const enhanced = /^[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] ?? null
  return { code, enhanced, text }
}

/** Reads the server's side of SMTP (RFC 5321 §4.2), in whatever pieces it comes. */
export const replyReader = (): ReplyReader => {
  let rest: Buffer = Buffer.alloc(0)
  let lines: string[] = []
  let bytes = 0
  return {
    read(chunk) {
      const replies: Reply[] = []
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      bytes += chunk.length
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        const line = rest.toString('utf8', 0, end).replace(/\r$/, '')
        rest = rest.subarray(end + 1)
        const [, code, more] = /^([2-5]\d\d)([ -]|$)/.exec(line) ?? []
        if (code === undefined) return null
        lines.push(line.slice(4))
        if (more === '-') continue
        replies.push(replyOf(Number(code), lines))
        lines = []
        bytes = rest.length
      }
      return bytes > MOST_BYTES ? null : replies
    },
    get pending() {
      return rest.length > 0 || lines.length > 0
    },
  }
}
