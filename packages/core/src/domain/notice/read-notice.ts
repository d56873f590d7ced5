import { isCertainlyAuto, looksAuto } from './auto-reply.js'
import { readComplaint } from './feedback-report.js'
import { fieldOf, fieldsOf } from './fields.js'
import { addressesIn } from './found-address.js'
import type { Notice, NoticeMail, RecipientReport } from './notice.js'
import { reportOpenings, reportSenders, reportSubjects } from './report-signs.js'
import { quotesServer, reportsInText, returnedText } from './report-text.js'
import { returnedMail } from './returned-mail.js'
import { recipientReports } from './status-report.js'

/** RFC 3464 and RFC 6533. */
const statusTypes: ReadonlySet<string> = new Set(['message/delivery-status', 'message/global-delivery-status'])

/**
 * What a mail that came back is (DLV-5): a report of what became of ours, a complaint, an automatic answer (RFC 3834), or none of them. By its report part if it
 * has one; else by its sender, subject and first words, as tables name them. Believes nothing: whether it is about a mail of ours, its return path says.
 * Pure, and linear in a mail that has been cut to size.
 */
export function readNotice(mail: NoticeMail): Notice {
  const complaint = readComplaint(mail)
  if (complaint) return complaint
  const stated = statusReports(mail)
  if (stated.length > 0)
    return { kind: 'report', reports: stated, returned: returnedMail(mail.parts, returnedText(mail.text)) }
  const why = isCertainlyAuto(mail)
  const failed = fieldsOf(mail.headers, 'x-failed-recipients').flatMap(addressesIn)
  const signs = signsOf(mail)
  const strong =
    failed.length > 0 || (signs.sender && (signs.subject || signs.opening)) || (signs.subject && signs.opening)
  const certain = failed.length > 0 || (signs.sender && (signs.opening || signs.subject))
  // A daemon says so in its own words; people's programs answer in theirs.
  if (why !== null && !certain) return { kind: 'auto-reply', why }
  if (looksAuto(mail.subject) && !certain && !(strong && signs.opening)) return { kind: 'auto-reply', why: 'subject' }
  const hinted = signs.sender || signs.subject || signs.opening
  if (!strong && !(hinted && quotesServer(mail.text))) return { kind: 'unrelated' }
  const reports = reportsInText(mail.subject, mail.text, failed, foreignTo(mail))
  return { kind: 'report', reports: named(reports, mail), returned: returnedMail(mail.parts, returnedText(mail.text)) }
}

/** Of the report part; of the text, where a gateway has put its fields there or its parts cannot be told apart. */
function statusReports(mail: NoticeMail): readonly RecipientReport[] {
  const parts = mail.parts.filter(({ type }) => statusTypes.has(type))
  const stated = parts.flatMap(({ content }) => recipientReports(content, mail.text))
  if (stated.length > 0) return named(stated, mail)
  if (!/^(?:final|original)-recipient:/im.test(mail.text)) return []
  return named(
    recipientReports(mail.text, mail.text).filter(({ recipient }) => recipient !== null),
    mail,
  )
}

/** A recipient that a report keeps to itself may stand in another header, or in the mail that came back. */
function named(reports: readonly RecipientReport[], { headers, parts }: NoticeMail): readonly RecipientReport[] {
  const [only] = reports
  if (!only || reports.length > 1 || only.recipient !== null) return reports
  const failed = fieldsOf(headers, 'x-failed-recipients').flatMap(addressesIn)[0]
  return [{ ...only, recipient: only.original ?? failed ?? returnedMail(parts)?.to ?? null }]
}

/** Whoever sent the report and whom it was sent to have not failed. */
const foreignTo = ({ headers }: NoticeMail): ReadonlySet<string> =>
  new Set(
    ['from', 'to', 'sender', 'reply-to', 'return-path', 'delivered-to', 'x-original-to', 'errors-to']
      .flatMap((name) => fieldsOf(headers, name))
      .flatMap(addressesIn)
      .map((address) => address.toLowerCase()),
  )

function signsOf({ headers, subject, text }: NoticeMail) {
  const holds = (where: string, signs: readonly string[]) => signs.some((sign) => where.includes(sign))
  const from = (fieldOf(headers, 'from') ?? '').toLowerCase()
  // The null reverse-path is for reports (RFC 5321 §4.5.5).
  const returnPath = fieldsOf(headers, 'return-path').some((value) => value.trim() === '<>')
  return {
    sender: holds(from.slice(0, 1_000), reportSenders) || returnPath,
    subject: holds(subject.slice(0, 1_000).toLowerCase(), reportSubjects),
    opening: holds(text.slice(0, 8_000).toLowerCase().replace(/\s+/g, ' '), reportOpenings),
  }
}
