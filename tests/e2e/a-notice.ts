import type { TransportRequest } from '@mailwright/core'

/** One recipient's group of a delivery status (RFC 3464 §2.3). */
export interface ReportOf {
  readonly recipient: string
  readonly action?: string
  readonly status?: string
  readonly diagnostic?: string
}

const crlf = (text: string): Uint8Array => Buffer.from(text.replace(/\r?\n/g, '\r\n'))

/** A report as Postfix sends it, to the return path of the mail it is about. */
export const aDsn = (
  to: string,
  { recipient, action = 'failed', status = '5.1.1', diagnostic = 'smtp; 550 5.1.1 User unknown' }: ReportOf,
  headers = '',
): Uint8Array =>
  crlf(`Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.readers.example>
To: ${to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
${headers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

This is the mail system at host mx.readers.example.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.readers.example

Final-Recipient: rfc822; ${recipient}
Action: ${action}
Status: ${status}
Diagnostic-Code: ${diagnostic}

--b1
Content-Type: text/rfc822-headers

From: hello@mail.shop.example
To: ${recipient}
Subject: Welcome

--b1--
`)

/** A complaint of a feedback loop (RFC 5965); `returned`: headers of the mail that it gives back. */
export const anArf = (returned: string, { feedbackType = 'abuse', mailFrom = '' } = {}): Uint8Array =>
  crlf(`From: feedback <staff@loop.example>
To: complaints@mail.shop.example
Subject: Complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

--b2
Content-Type: text/plain

This is an abuse report.

--b2
Content-Type: message/feedback-report

Feedback-Type: ${feedbackType}
User-Agent: Loop/1.0
Version: 1
${mailFrom === '' ? '' : `Original-Mail-From: <${mailFrom}>\n`}
--b2
Content-Type: message/rfc822

${returned}From: hello@mail.shop.example
To: redacted@readers.example
Subject: Welcome

Hello

--b2--
`)

/** The return path a mail left with. */
export const returnPathOf = (request: TransportRequest | undefined): string => request?.envelope.from ?? ''
