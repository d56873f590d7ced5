import { checkSubject, type ParsedTemplate, renderTemplate, SUBJECT_MAX } from '../domain/template/index.js'
import { MailError } from '../errors/mail-error.js'
import { checkHeaders, type HeaderPair } from './check-headers.js'
import { dateText } from './date-header.js'
import { headerLine, LINE_MAX } from './header-line.js'
import type { MailRecipient } from './mail-recipient.js'
import { type HeaderMailbox, mailboxLine } from './mailbox-header.js'
import type { SkeletonBuilder } from './skeleton.js'

export interface HeaderSource {
  readonly from: HeaderMailbox
  readonly replyTo: HeaderMailbox | null
  readonly subject: ParsedTemplate
  readonly headers: readonly HeaderPair[]
  readonly listUnsubscribe: boolean
}

/** Writes all headers up to the first of MIME. */
export function writeHeaders(out: SkeletonBuilder, source: HeaderSource): void {
  const { from, replyTo, subject, headers, listUnsubscribe } = source
  out.text(mailboxLine('From', [from]))
  out.field('to', recipientLines())
  if (replyTo) out.text(mailboxLine('Reply-To', [replyTo]))
  if (subject.slots.length === 0) out.text(subjectLine(subject.literals[0] ?? ''))
  else out.field('subject', (mail) => subjectLine(renderTemplate(subject, mail)))
  out.field('date', dateAndId())
  if (listUnsubscribe) out.field('list-unsubscribe', unsubscribeLines)
  out.text(customLines(headers))
  out.field('headers', (mail) => (mail.headers && mail.headers.length > 0 ? customLines(mail.headers) : ''))
  out.text('MIME-Version: 1.0\r\n')
}

/** @throws SUBJECT_INVALID: what the values make of a subject is held to the same rule as its source */
function subjectLine(subject: string): string {
  checkSubject(subject, { max: SUBJECT_MAX })
  return headerLine('Subject', subject)
}

const customLines = (headers: readonly HeaderPair[]): string =>
  checkHeaders(headers)
    .map(([name, value]) => headerLine(name, value, true))
    .join('')

const noMailboxes: readonly HeaderMailbox[] = []

/** A shared To line (REG-2) is made once: the same array object is the same line. */
function recipientLines(): (mail: MailRecipient) => string {
  let lastTo: readonly HeaderMailbox[] | null = null
  let lastCc: readonly HeaderMailbox[] = noMailboxes
  let lines = ''
  return ({ to, cc = noMailboxes }) => {
    if (to !== lastTo || cc !== lastCc) {
      lines = to.length > 0 ? mailboxLine('To', to) : 'To: undisclosed-recipients:;\r\n'
      if (cc.length > 0) lines += mailboxLine('Cc', cc)
      lastTo = to
      lastCc = cc
    }
    return lines
  }
}

const DATES_MAX = 20

/** The mails of one grant share their instant, and those of several leave beside each other. */
function dateAndId(): (mail: MailRecipient) => string {
  const lines = new Map<number, string>()
  const lineOf = (date: number): string => {
    const line = `Date: ${dateText(date)}\r\n`
    if (lines.size >= DATES_MAX) lines.clear()
    lines.set(date, line)
    return line
  }
  return ({ date, messageId }) => {
    const line = lines.get(date) ?? lineOf(date)
    if (messageId.length > 900 || !/^<[^\s<>@\0-\x20\x7f-\uffff]+@[^\s<>@\0-\x20\x7f-\uffff]+>$/.test(messageId)) {
      throw new MailError('HEADER_INVALID', { header: 'Message-ID', expected: '<unique@domain> in ASCII' })
    }
    return `${line}Message-ID: ${messageId}\r\n`
  }
}

const LIST_UNSUBSCRIBE = 'List-Unsubscribe: '
/** One line that cannot be folded. */
const UNSUBSCRIBE_URL_MAX = LINE_MAX - LIST_UNSUBSCRIBE.length - '<>'.length

/** RFC 8058 §3.1: both headers, one URI. @throws UNSAFE_URL */
function unsubscribeLines({ unsubscribeUrl }: MailRecipient): string {
  if (
    unsubscribeUrl === undefined ||
    unsubscribeUrl.length > UNSUBSCRIBE_URL_MAX ||
    !/^https?:\/\/[!-;=?-~]+$/.test(unsubscribeUrl)
  ) {
    throw new MailError('UNSAFE_URL', {
      field: 'unsubscribeUrl',
      expected: 'an http or https URL in ASCII without < and >',
    })
  }
  return `${LIST_UNSUBSCRIBE}<${unsubscribeUrl}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`
}
