import { addressesIn } from './found-address.js'
import type { RecipientReport, ReportAction } from './notice.js'
import { delaySigns, returnedTextSigns } from './report-signs.js'
import { bestReply, replyIn, saysWhy } from './reported-reply.js'

/** Reports are short; what is longer is the mail that came back. */
const LINES_MAX = 400
const LINE_MAX = 1_000
const ENTRY_LINES = 12
const MOST_RECIPIENTS = 50

const linesOf = (text: string): readonly string[] =>
  text
    .slice(0, LINES_MAX * LINE_MAX)
    .split(/\r\n|\n|\r/, LINES_MAX)
    .map((line) => line.slice(0, LINE_MAX))

/** What follows the report in the same text: the mail it gives back, or its headers. '': nothing. */
export function returnedText(text: string): string {
  const lines = linesOf(text)
  const begin = lines.findIndex((line, at) => at > 0 && beginsReturned(line))
  return begin < 0 ? '' : lines.slice(begin).join('\n')
}

/** The lines that a report itself says, without the mail it gives back. */
export function ownLines(text: string): readonly string[] {
  const lines = linesOf(text)
  const end = lines.findIndex((line, at) => at > 0 && beginsReturned(line))
  const own = end < 0 ? lines : lines.slice(0, end)
  // One that speaks of the original first and of the failure later.
  return own.some((line) => line.includes('@')) || end < 0 ? own : lines
}

function beginsReturned(line: string): boolean {
  const lower = line.toLowerCase()
  return (
    /^(?:received: from|return-path:|dkim-signature:|mime-version:|message-id:)/.test(lower) ||
    returnedTextSigns.some((sign) => lower.includes(sign))
  )
}

export function actionOfText(subject: string, text: string): ReportAction {
  const said = `${subject}\n${text.slice(0, 4_000)}`.toLowerCase()
  return delaySigns.some((sign) => said.includes(sign)) ? 'delayed' : 'failed'
}

interface Mention {
  readonly address: string
  readonly line: number
  readonly score: number
}

/** Words before an address that say that it is another's. */
const notRecipient =
  /\b(?:from|sender|mail from|reply-to|contact|postmaster|support|message-id|von|absender|expéditeur|remitente|mittente|created by)\b|发件人|寄件者|差出人/i
const isRecipient =
  /\b(?:rcpt to|recipients?|addressee|to|address(?:es)?|an|empfänger|destinataires?|destinatarios?|destinatari|à)\b|收件人|收件者|宛先|получател/i
/** Never the one that failed. */
const ourside = /^(?:mailer-daemon|postmaster|bounces?\+|abuse|no-?reply|mail-daemon)/i

/** How well a line says that the address in it is the one that failed. */
function scoreOf(line: string, address: string, before: readonly string[]): number {
  const at = line.indexOf(address)
  const lead = line.slice(0, Math.max(0, at))
  const own = lead.replace(/[\s<>*"'([{-]|mailto:/gi, '') === ''
  if (/rcpt to/i.test(lead)) return 7
  if (/mail from/i.test(lead)) return -5
  if (/(?:final|original)-recipient/i.test(lead)) return 9
  if (own) {
    const above = before.join(' ')
    return 6 + (isRecipient.test(above) ? 1 : 0) - (/\b(?:from|sender)\s*:?$/i.test(above.trimEnd()) ? 4 : 0)
  }
  if (notRecipient.test(lead) && !isRecipient.test(lead)) return -3
  if (isRecipient.test(lead)) return 4
  return 1
}

function mentionsIn(lines: readonly string[], foreign: ReadonlySet<string>): readonly Mention[] {
  const all = lines.flatMap((line, index) =>
    addressesIn(line).map((address) => ({
      address,
      line: index,
      score: scoreOf(line, address, lines.slice(Math.max(0, index - 3), index)),
    })),
  )
  return all.filter(({ address, score }) => score > -3 && !foreign.has(address.toLowerCase()) && !ourside.test(address))
}

/** Lines that belong to an address: its own and those below, to the next address or the second paragraph. */
function entryOf(lines: readonly string[], { line, address }: Mention, others: readonly Mention[]): string {
  const entry: string[] = []
  const own = lines[line] ?? ''
  const rest = own.slice(own.indexOf(address) + address.length).replace(/^[>\s:)\]-]+/, '')
  if (rest !== '') entry.push(rest)
  for (let at = line + 1; at < Math.min(lines.length, line + 1 + ENTRY_LINES); at += 1) {
    if (others.some((one) => one.line === at && one.address !== address && one.score >= 6)) break
    const text = (lines[at] ?? '').trim()
    if (text === '' && entry.length > 0) break
    if (text !== '') entry.push(text)
  }
  return entry.join('\n')
}

/** Lines that hold a server's own words, from the most telling on. */
function serverLines(lines: readonly string[]): readonly string[] {
  const told = lines.filter((line) => {
    const { code, enhanced } = replyIn(line)
    return code !== 0 || enhanced !== null
  })
  return told.filter((line) => saysWhy(replyIn(line)))
}

/** Whether a server's refusal stands in it, with its reason. */
export const quotesServer = (text: string): boolean => serverLines(ownLines(text)).length > 0

/**
 * What a report without a report part says, whichever program wrote it: the address that stands where failed ones stand, and the reply that stands with it.
 * `failed`: recipients that headers name. `foreign`: addresses that cannot have failed, in lower case.
 */
export function reportsInText(
  subject: string,
  text: string,
  failed: readonly string[],
  foreign: ReadonlySet<string>,
): readonly RecipientReport[] {
  const lines = ownLines(text)
  const action = actionOfText(subject, lines.join('\n'))
  const mentions = mentionsIn(lines, foreign)
  const best = Math.max(0, ...mentions.map(({ score }) => score))
  // Where addresses head entries there may be several; elsewhere the first one is meant.
  const top =
    best >= 6
      ? mentions.filter(({ score }) => score >= best - 1)
      : mentions.filter(({ score }) => score === best).slice(0, 1)
  const named = failed.length > 0 ? failed : [...new Set(top.map(({ address }) => address))]
  const whole = lines.join('\n')
  const report = (recipient: string | null): RecipientReport => {
    const entries = mentions
      .filter(({ address, score }) => address === recipient && score >= 4)
      .map((one) => entryOf(lines, one, mentions))
    const alone = named.length <= 1
    const texts = [
      ...entries.filter((one) => saysWhy(replyIn(one))),
      ...(alone ? serverLines(lines) : []),
      ...entries,
      ...(alone ? [whole] : []),
    ]
    return { action, recipient, original: null, reply: bestReply(null, texts), remoteMta: null }
  }
  return named.length === 0 ? [report(null)] : named.slice(0, MOST_RECIPIENTS).map(report)
}
