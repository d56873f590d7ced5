import { dsn, plain, type UnseenNotice } from './a-raw-notice.js'

export const unseenReports: readonly UnseenNotice[] = [
  {
    server: 'Postfix, two recipients of which one is full',
    kind: 'report',
    raw: dsn(
      'MAILER-DAEMON@mx.example.org (Mail Delivery System)',
      'Undelivered Mail Returned to Sender',
      'This is the mail system at host mx.example.org.\n\n<ann@example.org>: user unknown\n<bob@example.org>: mailbox full',
      `Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4F2A01
Arrival-Date: Tue,  3 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; ann@example.org
Original-Recipient: rfc822;ann@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; store.example.org
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org> User doesn't exist:
    ann@example.org

Final-Recipient: rfc822; bob@example.org
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Quota exceeded`,
      'Return-Path: <b+token@bounce.shop.example>\nFrom: shop@shop.example\nTo: ann@example.org',
    ),
    reports: [
      ['failed', 'ann@example.org', true],
      ['failed', 'bob@example.org', false],
    ],
  },
  {
    server: 'Exim, forwarded on to another address that does not exist',
    kind: 'report',
    raw: dsn(
      'Mail Delivery System <Mailer-Daemon@host.example.org>',
      'Mail delivery failed: returning message to sender',
      'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients. This is a permanent error. The following address(es) failed:\n\n  old.account@elsewhere.example\n    (generated from ann@example.org)\n    host mx.elsewhere.example [192.0.2.8]\n    SMTP error from remote mail server after RCPT TO:<old.account@elsewhere.example>:\n    550 5.1.1 No such user',
      `Reporting-MTA: dns; host.example.org

Action: failed
Final-Recipient: rfc822;old.account@elsewhere.example
Status: 5.0.0
Remote-MTA: dns; mx.elsewhere.example
Diagnostic-Code: smtp; 550 5.1.1 No such user`,
    ),
    reports: [['failed', 'old.account@elsewhere.example', 'either']],
  },
  {
    server: 'Exim without a machine-readable part',
    kind: 'report',
    raw: plain(
      'From: Mail Delivery System <Mailer-Daemon@host.example.org>\nSubject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: ann@example.org\nAuto-Submitted: auto-replied',
      'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.org\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <b+token@bounce.shop.example>\nFrom: shop@shop.example\nTo: ann@example.org\nSubject: Hello\n\nHi',
    ),
    reports: [['failed', 'ann@example.org', 'either']],
  },
  {
    server: 'Exim, still trying',
    kind: 'report',
    raw: plain(
      'From: Mail Delivery System <Mailer-Daemon@host.example.org>\nSubject: Warning: message 1abcde-0001-Xy delayed 24 hours\nAuto-Submitted: auto-replied',
      'This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on host.example.org.\n\nThe message identifier is:     1abcde-0001-Xy\nThe address to which the message has not yet been delivered is:\n\n  ann@example.org\n    host mx.example.org [192.0.2.1]: Connection refused\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.',
    ),
    reports: [['delayed', 'ann@example.org', false]],
  },
  {
    server: 'qmail',
    kind: 'report',
    raw: plain(
      'From: MAILER-DAEMON@qm.example.org\nSubject: failure notice',
      "Hi. This is the qmail-send program at qm.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ann@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n<bob@example.org>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <b+token@bounce.shop.example>\nFrom: shop@shop.example\nTo: ann@example.org\n\nHi",
    ),
    reports: [
      ['failed', 'ann@example.org', true],
      ['failed', 'bob@example.org', false],
    ],
  },
  {
    server: 'qmail, queue life over',
    kind: 'report',
    raw: plain(
      'From: MAILER-DAEMON@qm.example.org\nSubject: failure notice',
      "Hi. This is the qmail-send program at qm.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ann@example.org>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <b+token@bounce.shop.example>\n\nHi",
    ),
    reports: [['failed', 'ann@example.org', false]],
  },
  {
    server: 'Exchange Online',
    kind: 'report',
    raw: dsn(
      'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.example>',
      'Undeliverable: Hello',
      "Your message to ann@contoso.example couldn't be delivered.\n\nann wasn't found at contoso.example.",
      `Reporting-MTA: dns;DB8PR04MB1234.eurprd04.prod.outlook.com
Received-From-MTA: dns;mail.shop.example
Arrival-Date: Tue, 3 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822;ann@contoso.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@contoso.example not found by SMTP address lookup`,
    ),
    reports: [['failed', 'ann@contoso.example', true]],
  },
  {
    server: 'Exchange in German, over quota',
    kind: 'report',
    raw: dsn(
      'postmaster@firma.example',
      'Unzustellbar: Angebot',
      'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nann@firma.example\nDas Postfach des Empfängers ist voll und kann zurzeit keine Nachrichten annehmen.',
      `Reporting-MTA: dns;ex01.firma.example

Final-recipient: RFC822;ann@firma.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp;554 5.2.2 mailbox full`,
    ),
    reports: [['failed', 'ann@firma.example', false]],
  },
  {
    server: 'Gmail, no server answers',
    kind: 'report',
    raw: dsn(
      'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      'Delivery Status Notification (Failure)',
      '** Message not delivered **\n\nThere was a problem delivering your message to ann@example.org. See the technical details below.',
      `Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; shop@shop.example
Arrival-Date: Tue, 03 Nov 2026 02:00:00 -0800 (PST)
X-Original-Message-ID: <1@shop.example>

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: 4.4.1
Remote-MTA: dns; mx.example.org. (192.0.2.1, the server for the domain example.org.)
Diagnostic-Code: smtp; The recipient server did not accept our requests to connect. [mx.example.org. 192.0.2.1: timed out]
Last-Attempt-Date: Fri, 06 Nov 2026 02:00:00 -0800 (PST)`,
    ),
    reports: [['failed', 'ann@example.org', false]],
  },
  {
    server: 'Gmail, delayed',
    kind: 'report',
    raw: dsn(
      'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      'Delivery Status Notification (Delay)',
      '** Delivery incomplete **\n\nThere was a temporary problem delivering your message to ann@example.org. Gmail will retry for 47 more hours.',
      `Reporting-MTA: dns; googlemail.com

Final-Recipient: rfc822; ann@example.org
Action: delayed
Status: 4.4.2
Diagnostic-Code: smtp; 550 user unknown was not what it said
Will-Retry-Until: Fri, 06 Nov 2026 02:00:00 -0800 (PST)`,
    ),
    reports: [['delayed', 'ann@example.org', false]],
  },
  {
    server: 'Sendmail, relayed to a server without DSN',
    kind: 'report',
    raw: dsn(
      'Mail Delivery Subsystem <MAILER-DAEMON@relay.example.org>',
      'Return receipt',
      'The original message was received at Tue, 3 Nov 2026 10:00:00 GMT\n\n   ----- The following addresses had successful delivery notifications -----\n<ann@example.org>  (relayed to non-DSN-aware mailer)',
      `Reporting-MTA: dns; relay.example.org

Final-Recipient: RFC822; ann@example.org
Action: relayed (to non-DSN-aware mailer)
Status: 2.1.5
Remote-MTA: DNS; in.example.org
Diagnostic-Code: SMTP; 250 ok`,
    ),
    reports: [['relayed', 'ann@example.org', false]],
  },
  {
    server: 'Sendmail, a list that was expanded',
    kind: 'report',
    raw: dsn(
      'Mail Delivery Subsystem <MAILER-DAEMON@lists.example.org>',
      'Return receipt',
      'The message was delivered to a mailing list.',
      `Reporting-MTA: dns; lists.example.org

Final-Recipient: RFC822; team@example.org
Action: expanded (to multi-recipient alias)
Status: 2.0.0`,
    ),
    reports: [['expanded', 'team@example.org', false]],
  },
  {
    server: 'Domino with an X.400-like address first',
    kind: 'report',
    raw: dsn(
      'postmaster@domino.example',
      'DELIVERY FAILURE: User ann (ann@domino.example) not listed in Domino Directory',
      'Your message\n\n  Subject: Hello\n\nwas not delivered to:\n\n  ann@domino.example\n\nbecause:\n\n  User ann (ann@domino.example) not listed in Domino Directory',
      `Reporting-MTA: dns;notes.domino.example

Final-Recipient: rfc822;ann@domino.example
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Notes; User ann (ann@domino.example) not listed in Domino Directory`,
    ),
    reports: [['failed', 'ann@domino.example', true]],
  },
  {
    server: 'A DSN with the address in angle brackets, comments and a trailing dot',
    kind: 'report',
    raw: dsn(
      '<>',
      'Undeliverable',
      'not delivered',
      `Reporting-MTA: dns; gw.example.org

Original-Recipient: rfc822;<ann@example.org>
Final-Recipient: rfc822; <store-77@inside.example.org> (expanded)
Action: FAILED (bad destination)
Status: 5.1.1 (bad destination mailbox address)
Diagnostic-Code: smtp; 550 5.1.1 unknown user`,
    ),
    reports: [['failed', 'store-77@inside.example.org', 'either']],
  },
  {
    server: 'A DSN where status and diagnostic do not agree',
    kind: 'report',
    raw: dsn(
      'MAILER-DAEMON@mx.example.org',
      'Undelivered Mail Returned to Sender',
      'could not be delivered',
      `Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; 452 4.2.2 Mailbox full, user unknown to have space`,
    ),
    reports: [['failed', 'ann@example.org', false]],
  },
  {
    server: 'Yahoo',
    kind: 'report',
    raw: plain(
      'From: MAILER-DAEMON@yahoo.com\nSubject: Failure Notice\nX-Loop: mailer-daemon@yahoo.com',
      "Sorry, we were unable to deliver your message to the following address.\n\n<ann@yahoo.example>:\n554: delivery error: dd This user doesn't have a yahoo.example account (ann@yahoo.example) [0] - mta1234.mail.ne1.yahoo.com\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <b+token@bounce.shop.example>\n",
    ),
    reports: [['failed', 'ann@yahoo.example', true]],
  },
  {
    server: 'QQ in Chinese',
    kind: 'report',
    raw: plain(
      'From: "PostMaster@qq.com" <PostMaster@qq.com>\nSubject: 来自qq.com的退信',
      '抱歉，您的邮件被退回来了……\n\n原邮件信息：\n时    间：2026-11-03 10:00:00\n主    题：Hello\n收 件 人：ann@qq.example\n\n退信原因：收件人邮件地址(ann@qq.example)不存在，邮件无法送达。\nhost mx3.qq.com said: 550 Mailbox not found\n\n解决方案：请联系您的收件人，重新核实邮箱地址。',
    ),
    reports: [['failed', 'ann@qq.example', true]],
  },
]
