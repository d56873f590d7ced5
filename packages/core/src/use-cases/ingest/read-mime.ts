import { Parser } from 'htmlparser2'
import PostalMime, { type Email } from 'postal-mime'
import type { NoticeMail, NoticePart } from '../../domain/notice/index.js'

/** A notice is small; a mail that is given back whole is cut by those who send it. */
export const NOTICE_MAX = 1_048_576
const DEPTH_MAX = 20
const PARTS_MAX = 100
/** What the parser does for a line costs more than its octets; reports come first, so that only what they give back is cut. */
const LINES_MAX = 20_000
const BOUNDARIES_MAX = 2 * PARTS_MAX
const HEADERS_MAX = 256 * 1_024
const TEXT_MAX = 256 * 1_024
const PART_MAX = 128 * 1_024
/** A report inside a mail that was passed on as an attachment. */
const WRAPS_MAX = 2
/** RFC 5321 §6.3: as many hops as this are a loop. */
export const HOPS_MAX = 30

/** Why a mail is not looked into. */
export type Unreadable = 'too-large' | 'too-many-parts' | 'broken'

/** Takes a mail apart within limits, whoever wrote it: never throws, never runs long. */
export async function readMime(raw: Uint8Array): Promise<NoticeMail | Unreadable> {
  if (raw.byteLength > NOTICE_MAX) return 'too-large'
  const cut = firstLines(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
  if (partsIn(cut.toString('latin1')) > PARTS_MAX) return 'too-many-parts'
  try {
    return await opened(cut, 0)
  } catch {
    return 'broken'
  }
}

function firstLines(raw: Buffer): Buffer {
  let end = -1
  for (let lines = 0; lines < LINES_MAX; lines += 1) {
    end = raw.indexOf(10, end + 1)
    if (end < 0) return raw
  }
  return raw.subarray(0, end + 1)
}

/** Counted before anything is parsed: what the parser does for each part is the dear thing. A part need not have a header. */
function partsIn(text: string): number {
  const named = [...text.matchAll(/^content-type[ \t]*:/gim)].length
  const boundaries = new Set<string>()
  for (const [, boundary = ''] of text.matchAll(/boundary\s*=\s*"?([^";\r\n]{1,100})/gi)) {
    if (boundaries.size > BOUNDARIES_MAX) return PARTS_MAX + 1
    boundaries.add(boundary.trimEnd())
  }
  const begun = [...text.matchAll(/^--([^\r\n]{1,100})/gm)].filter(([, line = '']) => boundaries.has(line.trimEnd()))
  return Math.max(named, begun.length)
}

async function opened(raw: Uint8Array, wraps: number): Promise<NoticeMail> {
  const email = await PostalMime.parse(raw, {
    forceRfc822Attachments: true,
    maxNestingDepth: DEPTH_MAX,
    maxHeadersSize: HEADERS_MAX,
  })
  const mail = noticeMail(email)
  // Its parts are lost between boundaries that do not match: it is read as it stands.
  if (mail.text.trim() === '' && mail.parts.length === 0) return { ...mail, text: bodyOf(raw) }
  if (wraps >= WRAPS_MAX || mail.parts.some(({ type }) => telling.has(type))) return mail
  // A gateway or a person has passed a report on as it came.
  for (const { mimeType, content } of email.attachments) {
    if (mimeType !== 'message/rfc822' || typeof content === 'string') continue
    const inner = await opened(new Uint8Array(content), wraps + 1)
    if (inner.parts.some(({ type }) => telling.has(type)))
      return { ...inner, headers: [...inner.headers, ...mail.headers] }
  }
  return mail
}

function bodyOf(raw: Uint8Array): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, TEXT_MAX)).toString('utf8')
  const end = /\r?\n\r?\n/.exec(text)
  return end ? text.slice(end.index + end[0].length) : ''
}

const telling: ReadonlySet<string> = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/feedback-report',
])

function noticeMail(email: Email): NoticeMail {
  return {
    headers: email.headers.map(({ key, value }) => [key, value] as const),
    subject: email.subject ?? '',
    text: (email.text ?? plain(email.html ?? '')).slice(0, TEXT_MAX),
    parts: email.attachments.map(partOf),
  }
}

function partOf({ mimeType, content }: Email['attachments'][number]): NoticePart {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
  return { type: mimeType, content: Buffer.from(bytes.subarray(0, PART_MAX)).toString('utf8') }
}

const lineEnds: ReadonlySet<string> = new Set(['br', 'p', 'div', 'tr', 'td', 'li', 'h1', 'h2', 'h3', 'pre', 'table'])
const unread: ReadonlySet<string> = new Set(['style', 'script', 'title'])

/** An HTML report, to be read like text. */
function plain(html: string): string {
  const read: string[] = []
  let skipped = 0
  const parser = new Parser({
    onopentagname(name) {
      if (unread.has(name)) skipped += 1
      if (lineEnds.has(name)) read.push('\n')
    },
    ontext(text) {
      if (skipped === 0) read.push(text)
    },
    onclosetag(name) {
      if (unread.has(name)) skipped -= 1
      if (lineEnds.has(name)) read.push('\n')
    },
  })
  parser.end(html.slice(0, TEXT_MAX))
  return read.join('')
}
