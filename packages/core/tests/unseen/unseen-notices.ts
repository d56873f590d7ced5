import { plain, RETURN_PATH, type UnseenNotice } from './a-raw-notice.js'
import { unseenReports } from './unseen-reports.js'

/** Reports, and what could be taken for one. */
export const unseenNotices: readonly UnseenNotice[] = [
  ...unseenReports,
  {
    server: 'Out of office, Exchange',
    kind: 'auto-reply',
    raw: plain(
      'From: Ann <ann@example.org>\nSubject: Automatic reply: Hello\nAuto-Submitted: auto-generated\nX-Auto-Response-Suppress: All',
      'Thank you for your mail. I am out of the office until 12 November. My old address ann.old@example.org no longer exists.',
    ),
  },
  {
    server: 'Out of office without any header, German',
    kind: 'auto-reply',
    raw: plain(
      'From: Ann <ann@example.org>\nSubject: Abwesenheitsnotiz: Angebot',
      'Ich bin bis zum 12. November nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.',
    ),
  },
  {
    server: 'Out of office, Sieve vacation',
    kind: 'auto-reply',
    raw: plain(
      'From: <ann@example.org>\nSubject: Auto: Hello\nAuto-Submitted: auto-replied (vacation)\nPrecedence: bulk',
      'I am travelling.',
    ),
  },
  {
    server: 'Challenge and response',
    kind: 'auto-reply',
    raw: plain(
      'From: Ann <ann@example.org>\nSubject: Please confirm your message\nAuto-Submitted: auto-replied\nPrecedence: bulk',
      'This message was created automatically by mail delivery software (TMDA).\n\nYour message is being held because your address was not recognized. To release your message for delivery, please reply to this mail.',
    ),
  },
  {
    server: 'Ticket system',
    kind: 'auto-reply',
    raw: plain(
      'From: Support <support@example.org>\nSubject: [Ticket#2026110310001] We have received your request\nAuto-Submitted: auto-replied\nX-Auto-Response-Suppress: DR, OOF, AutoReply\nPrecedence: junk',
      'We have received your request and will answer soon. If delivery failed before, please write to sales@example.org.',
    ),
  },
  {
    server: 'Read receipt',
    kind: 'auto-reply',
    raw: `From: Ann <ann@example.org>
To: <${RETURN_PATH}>
Subject: Read: Hello
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="=_m"

--=_m
Content-Type: text/plain

Your message was read.
--=_m
Content-Type: message/disposition-notification

Reporting-UA: mail.example.org; Client
Final-Recipient: rfc822;ann@example.org
Original-Message-ID: <1@shop.example>
Disposition: manual-action/MDN-sent-manually; displayed
--=_m--
`,
  },
  {
    server: 'A person who answers and quotes a bounce',
    kind: 'unrelated',
    raw: plain(
      'From: Ann <ann@example.org>\nSubject: Re: Hello\nIn-Reply-To: <1@shop.example>',
      'I got this when I wrote to your colleague:\n\n> 550 5.1.1 <bob@example.org>: user unknown\n\nCan you tell me his new address?',
    ),
  },
  {
    server: 'ARF with headers only',
    kind: 'complaint',
    raw: `From: <fbl@provider.example>
To: <fbl@shop.example>
Subject: FW: Hello
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=_f"

--=_f
Content-Type: text/plain

This is an email abuse report.
--=_f
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <b+token@bounce.shop.example>
Original-Rcpt-To: <redacted@provider.example>
--=_f
Content-Type: text/rfc822-headers

Return-Path: <b+token@bounce.shop.example>
From: shop@shop.example
To: undisclosed
--=_f--
`,
  },
  {
    server: 'ARF without the original',
    kind: 'complaint',
    raw: `From: <fbl@provider.example>
To: <fbl@shop.example>
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type="feedback-report"; boundary="=_f"

--=_f
Content-Type: text/plain

complaint
--=_f
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: G/1
Version: 1
--=_f--
`,
  },
]
