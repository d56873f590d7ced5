import { fieldBlocks, fieldOf } from './fields.js'
import { addressesIn, typedAddress } from './found-address.js'
import type { Notice, NoticeMail } from './notice.js'
import { headersOf, isReturned, returnedMail } from './returned-mail.js'

/** Loops that send no report part (RFC 5965), by who sends them and what their subject begins with. */
const plainLoops: readonly { readonly from: string; readonly subject: string }[] = [
  // Outlook.com's JMRP: the mail as an attachment, the recipient in a header of it.
  { from: '@hotmail.com', subject: 'complaint about message from' },
  { from: '@microsoft.com', subject: 'complaint about message from' },
  { from: '@outlook.com', subject: 'complaint about message from' },
  { from: '@live.com', subject: 'complaint about message from' },
  // AOL's and others' before they took up RFC 5965.
  { from: 'scomp@aol.net', subject: 'email feedback report' },
  { from: 'feedbackloop@', subject: '' },
  { from: 'fbl@', subject: '' },
  { from: 'fbl-no-reply@', subject: '' },
]

type Complaint = Extract<Notice, { kind: 'complaint' }>

/** A complaint of a feedback loop; null if the mail is none. */
export function readComplaint(mail: NoticeMail): Complaint | null {
  const report = mail.parts.find(({ type }) => type === 'message/feedback-report')
  const returned = returnedMail(mail.parts)
  if (report) {
    const fields = fieldBlocks(report.content).flat()
    return {
      kind: 'complaint',
      feedbackType: (fieldOf(fields, 'feedback-type') ?? 'other').toLowerCase().split(/[\s;]/)[0] || 'other',
      recipient:
        typedAddress(fieldOf(fields, 'original-rcpt-to')) ??
        typedAddress(fieldOf(fields, 'removal-recipient')) ??
        returned?.to ??
        null,
      mailFrom: typedAddress(fieldOf(fields, 'original-mail-from')),
      returned,
    }
  }
  const from = fieldOf(mail.headers, 'from')?.toLowerCase() ?? ''
  const subject = mail.subject.trim().toLowerCase()
  const loop = plainLoops.some((one) => from.includes(one.from) && subject.startsWith(one.subject))
  if (!loop || !returned) return null
  const original = mail.parts.filter(isReturned).map(({ content }) => headersOf(content))
  const recipient = original.map((fields) => fieldOf(fields, 'x-hmxmroriginalrecipient')).find((one) => one !== null)
  return {
    kind: 'complaint',
    feedbackType: 'abuse',
    recipient: addressesIn(recipient ?? '')[0] ?? returned.to,
    mailFrom: null,
    returned,
  }
}
