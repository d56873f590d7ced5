import type { BounceKind } from '../src/domain/bounce/index.js'

/** A notice in the shape that one kind of server sends, in our own words, and what it says. */
export interface NoticeFixture {
  /** The program or provider. */
  readonly source: string
  readonly raw: string
  readonly is: 'bounced' | 'deferred' | 'delivered' | 'complaint' | 'auto-reply' | 'unrelated'
  readonly recipient?: string
  readonly reason?: BounceKind
  readonly hardness?: 'hard' | 'soft'
}

const ANN = 'ann@readers.example'
const TO = 'bounces+x@mail.shop.example'

const RETURNED = `Return-Path: <${TO}>
Received: from out.shop.example by mx.example; Mon, 23 Nov 2026 09:00:00 +0000
From: Shop <hello@mail.shop.example>
To: ${ANN}
Message-ID: <0193@mail.shop.example>
Subject: Welcome
`

/** A report part, and what people read before it. */
const report = (
  text: string,
  fields: string,
  {
    from = 'MAILER-DAEMON@mx.example',
    subject = 'Undelivered Mail Returned to Sender',
    type = 'message/delivery-status',
    returned = RETURNED,
  } = {},
): string => `Return-Path: <>
From: ${from}
To: ${TO}
Subject: ${subject}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b1"

--=_b1
Content-Type: text/plain; charset=utf-8

${text}

--=_b1
Content-Type: ${type}

Reporting-MTA: dns; mx.example

${fields}

--=_b1
Content-Type: message/rfc822

${returned}
Hello
--=_b1--
`

const plain = (subject: string, body: string, from = 'MAILER-DAEMON@mx.example', more = ''): string => `From: ${from}
To: ${TO}
Subject: ${subject}
${more}Content-Type: text/plain; charset=utf-8

${body}
`

const html = (subject: string, body: string, from = 'postmaster@mx.example'): string => `From: ${from}
To: ${TO}
Subject: ${subject}
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><head><title>x</title><style>p { color: red }</style></head><body>${body}</body></html>
`

const unknown = { is: 'bounced', recipient: ANN, reason: 'no-such-user', hardness: 'hard' } as const
const full = { is: 'bounced', recipient: ANN, reason: 'mailbox-full', hardness: 'soft' } as const
const noDomain = { is: 'bounced', recipient: ANN, reason: 'no-such-domain', hardness: 'hard' } as const

const status = (action: string, code: string, diagnostic = '', more = '') =>
  `Final-Recipient: rfc822; ${ANN}\nAction: ${action}\nStatus: ${code}${diagnostic && `\nDiagnostic-Code: ${diagnostic}`}${more}`

export const noticeFixtures: readonly NoticeFixture[] = [
  // With a report part (RFC 3464).
  {
    source: 'postfix',
    raw: report(
      'This is the mail system at host mx.example.',
      status('failed', '5.1.1', 'smtp; 550 5.1.1 User unknown'),
    ),
    ...unknown,
  },
  {
    source: 'postfix full',
    raw: report('This is the mail system.', status('failed', '5.2.2', 'smtp; 552 5.2.2 mailbox full')),
    ...full,
  },
  {
    source: 'postfix no host',
    raw: report(
      'This is the mail system.',
      status(
        'failed',
        '5.4.4',
        `X-Postfix; Host or domain name not found. Name service error for name=readers.example type=A: Host not found`,
      ),
    ),
    ...noDomain,
  },
  {
    source: 'postfix expired',
    raw: report(
      'This is the mail system.',
      status('failed', '4.4.1', 'X-Postfix; connect to mx.readers.example[192.0.2.1]:25: Connection timed out'),
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'network',
    hardness: 'soft',
  },
  {
    source: 'postfix delay',
    raw: report(
      'THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE.',
      status('delayed', '4.4.1', 'X-Postfix; connect timed out', '\nWill-Retry-Until: Sat, 28 Nov 2026 09:00:00 +0000'),
      { subject: 'Delayed Mail (still being retried)' },
    ),
    is: 'deferred',
    recipient: ANN,
  },
  {
    source: 'sendmail',
    raw: report(
      '   ----- The following addresses had permanent fatal errors -----',
      status(
        'failed',
        '5.1.1',
        'SMTP; 550 5.1.1 <ann@readers.example>... User unknown',
        '\nRemote-MTA: DNS; mx.readers.example',
      ),
    ),
    ...unknown,
  },
  {
    source: 'sendmail delivered',
    raw: report('Successfully delivered.', status('delivered (to mailbox)', '2.1.5'), { subject: 'Return receipt' }),
    is: 'delivered',
    recipient: ANN,
  },
  {
    source: 'exim',
    raw: report(
      'A message that you sent could not be delivered.',
      status('failed', '5.0.0', 'smtp; 550 5.1.1 The email account that you tried to reach does not exist'),
    ),
    ...unknown,
  },
  {
    source: 'exim vague',
    raw: report(`The following address(es) failed:\n\n  ${ANN}\n    Unrouteable address`, status('failed', '5.0.0')),
    ...unknown,
  },
  {
    source: 'gmail',
    raw: report(
      '** Address not found **',
      status(
        'failed',
        '5.1.1',
        'smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try\n 550-5.1.1 double-checking the address. 550 5.1.1 NoSuchUser',
      ),
      {
        from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        subject: 'Delivery Status Notification (Failure)',
      },
    ),
    ...unknown,
  },
  {
    source: 'gmail delay',
    raw: report(
      '** Delivery incomplete **\n\nThere was a temporary problem. Gmail will retry for 46 more hours.',
      status('delayed', '4.4.1', 'smtp; 451 4.4.1 timeout'),
      { subject: 'Delivery Status Notification (Delay)' },
    ),
    is: 'deferred',
    recipient: ANN,
  },
  {
    source: 'exchange online',
    raw: report(
      "Your message to ann couldn't be delivered.",
      status(
        'failed',
        '5.1.10',
        'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
      ),
      {
        from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@shop.example>',
        subject: 'Undeliverable: Welcome',
      },
    ),
    is: 'bounced',
    recipient: ANN,
    hardness: 'hard',
  },
  {
    source: 'exchange 2010 (german)',
    raw: report(
      'Fehler bei der Zustellung an folgende Empfänger oder Verteilerlisten:\n\nann',
      status('failed', '5.1.1', 'smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'),
      { subject: 'Unzustellbar: Welcome' },
    ),
    ...unknown,
  },
  {
    source: 'exchange full',
    raw: report(
      'Das Postfach des Empfängers ist voll.',
      status('failed', '5.2.2', 'smtp;550 5.2.2 STOREDRV.Deliver; mailbox full'),
      { subject: 'Unzustellbar: Welcome' },
    ),
    ...full,
  },
  {
    source: 'exchange no diagnostic',
    raw: report(
      'ann@readers.example\nDie eingegebene E-Mail-Adresse wurde nicht gefunden.',
      status('failed', '5.0.0'),
      { subject: 'Unzustellbar: Welcome' },
    ),
    ...unknown,
  },
  {
    source: 'icloud',
    raw: report(
      'could not be delivered',
      status('failed', '5.2.2', 'smtp; 552 5.2.2 <ann@readers.example>: user is over quota'),
    ),
    ...full,
  },
  {
    source: 'yahoo dsn',
    raw: report(
      '',
      status(
        'failed',
        '5.0.0',
        'smtp; 554 delivery error: dd Sorry your message to ann@readers.example cannot be delivered. This account has been disabled or discontinued [#102].',
      ),
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'disabled',
    hardness: 'hard',
  },
  {
    source: 'outlook.com spam',
    raw: report(
      '',
      status(
        'failed',
        '5.7.1',
        'smtp; 550 5.7.1 Unfortunately, messages from [192.0.2.7] weren’t sent. Please contact your ISP since part of their network is on our block list (S3140).',
      ),
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'policy',
    hardness: 'hard',
  },
  {
    source: 'domino',
    raw: report(
      'Your message was not delivered to:',
      status('failed', '5.1.1', 'X-Notes; User ann (ann@readers.example) not listed in Domino Directory'),
    ),
    ...unknown,
  },
  {
    source: 'message/global-delivery-status',
    raw: report(
      '',
      `Final-Recipient: utf-8; \\x{75}nn@readers.example\nOriginal-Recipient: rfc822; ann@readers.example\nAction: failed\nStatus: 5.1.1`,
      { type: 'message/global-delivery-status' },
    ),
    is: 'bounced',
    recipient: 'unn@readers.example',
    reason: 'no-such-user',
    hardness: 'hard',
  },
  {
    source: 'a forward',
    raw: report(
      '',
      `Original-Recipient: rfc822;${ANN}\nFinal-Recipient: rfc822;ann@forward.example\nAction: failed\nStatus: 5.1.1`,
    ),
    is: 'bounced',
    recipient: 'ann@forward.example',
    reason: 'no-such-user',
    hardness: 'hard',
  },
  {
    source: 'x-actual-recipient',
    raw: report('', `Final-Recipient: rfc822; ann\nX-Actual-Recipient: rfc822; ${ANN}\nAction: failed\nStatus: 5.1.1`),
    ...unknown,
  },
  { source: 'no address in the report', raw: report('User unknown', 'Action: failed\nStatus: 5.1.1'), ...unknown },
  {
    source: 'james',
    raw: report(
      '',
      status('failed', '500', 'smtp; 550 Requested action not taken: mailbox unavailable (user unknown)'),
    ),
    ...unknown,
  },
  { source: 'odd spelling of action', raw: report('', status('failure', '5.1.1')), ...unknown },
  {
    source: 'ses',
    raw: report(
      'An error occurred while trying to deliver the mail to the following recipients:',
      status('failed', '5.1.1', 'smtp; 550 5.1.1 user unknown'),
      { from: 'MAILER-DAEMON@amazonses.com', subject: 'Delivery Status Notification (Failure)' },
    ),
    ...unknown,
  },
  {
    source: 'a blocked sender',
    raw: report('', status('failed', '5.7.1', 'smtp; 550 5.7.1 recipient has blocked the sender')),
    is: 'bounced',
    recipient: ANN,
    reason: 'blocked-sender',
    hardness: 'hard',
  },
  {
    source: 'a report passed on',
    raw: `From: postmaster@gw.example\nTo: ${TO}\nSubject: FW: failure\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nsee below\n--o\nContent-Type: message/rfc822\n\n${report('x', status('failed', '5.1.1', 'smtp; 550 5.1.1 User unknown'))}\n--o--\n`,
    ...unknown,
  },
  {
    source: 'fields in the text',
    raw: plain(
      'Mail delivery failed',
      `The mail failed.\n\n${status('failed', '5.1.1', 'smtp; 550 5.1.1 User unknown')}\n`,
    ),
    ...unknown,
  },
  {
    source: 'a lost boundary',
    raw: report('x', status('failed', '5.1.1', 'smtp; 550 5.1.1 User unknown')).replace(
      'boundary="=_b1"',
      'boundary="other"',
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'no-such-user',
    hardness: 'hard',
  },

  // Without one.
  {
    source: 'qmail',
    raw: plain(
      'failure notice',
      `Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<${ANN}>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
    ),
    ...unknown,
  },
  {
    source: 'qmail no mailbox',
    raw: plain(
      'failure notice',
      `Hi. This is the qmail-send program at mx.example.\n\n<${ANN}>:\nSorry, no mailbox here by that name. vpopmail (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
    ),
    ...unknown,
  },
  {
    source: 'qmail quota',
    raw: plain(
      'failure notice',
      `Hi. This is the qmail-send program at mx.example.\n\n<${ANN}>:\nuser is over quota\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
    ),
    ...full,
  },
  {
    source: 'qmail no host',
    raw: plain(
      'failure notice',
      `Hi. This is the qmail-send program at mx.example.\n\n<${ANN}>:\nSorry, I couldn't find any host named readers.example. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
    ),
    ...noDomain,
  },
  {
    source: 'qmail too long',
    raw: plain(
      'failure notice',
      `Hi. This is the qmail-send program at mx.example.\n\n<${ANN}>:\nConnected to 192.0.2.1 but connection died. (#4.4.2)\nI'm not going to try again; this message has been in the queue too long.\n`,
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'network',
    hardness: 'soft',
  },
  {
    source: 'exim plain',
    raw: plain(
      'Mail delivery failed: returning message to sender',
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ${ANN}\n    host mx.readers.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<${ANN}>:\n    550 5.1.1 no such user\n\n------ This is a copy of the message, including all the headers. ------\n\n${RETURNED}`,
      'Mail Delivery System <Mailer-Daemon@mx.example>',
      `X-Failed-Recipients: ${ANN}\nAuto-Submitted: auto-replied\n`,
    ),
    ...unknown,
  },
  {
    source: 'exim unrouteable',
    raw: plain(
      'Mail delivery failed: returning message to sender',
      `This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n  ${ANN}\n    all relevant MX records point to non-existent hosts\n\n------ This is a copy of the message, including all the headers. ------\n${RETURNED}`,
    ),
    ...noDomain,
  },
  {
    source: 'exim retry timeout',
    raw: plain(
      'Mail delivery failed: returning message to sender',
      `This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n  ${ANN}\n    retry timeout exceeded\n`,
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'network',
    hardness: 'soft',
  },
  {
    source: 'exim warning',
    raw: plain(
      'Warning: message 1abc-0000 delayed 24 hours',
      `This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  ${ANN}\n    host mx.readers.example [192.0.2.1]: Connection timed out\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.\n`,
    ),
    is: 'deferred',
    recipient: ANN,
  },
  {
    source: 'sendmail 8.8 plain',
    raw: plain(
      'Returned mail: User unknown',
      `The original message was received at Mon, 23 Nov 2026 09:00:00 +0000\nfrom out.shop.example [192.0.2.9]\n\n   ----- The following addresses had permanent fatal errors -----\n<${ANN}>\n\n   ----- Transcript of session follows -----\n... while talking to mx.readers.example.:\n>>> RCPT To:<${ANN}>\n<<< 550 5.1.1 <${ANN}>... User unknown\n550 <${ANN}>... User unknown\n\n   ----- Original message follows -----\n${RETURNED}`,
    ),
    ...unknown,
  },
  {
    source: 'sendmail host unknown',
    raw: plain(
      'Returned mail: Host unknown',
      `   ----- The following addresses had permanent fatal errors -----\n<${ANN}>\n\n   ----- Transcript of session follows -----\n550 <${ANN}>... Host unknown (Name server: readers.example: host not found)\n`,
    ),
    ...noDomain,
  },
  {
    source: 'postfix 1.x plain',
    raw: plain(
      'Undelivered Mail Returned to Sender',
      `This is the Postfix program at host mx.example.\n\nI'm sorry to have to inform you that the message returned\nbelow could not be delivered to one or more destinations.\n\nFor further assistance, please send mail to <postmaster>\n\n\t\t\tThe Postfix program\n\n<${ANN}>: host mx.readers.example[192.0.2.1] said: 550\n    <${ANN}>: User unknown in local recipient table\n`,
    ),
    ...unknown,
  },
  {
    source: 'exchange 5.5',
    raw: plain(
      'Undeliverable: Welcome',
      `Your message\n\n  To:      ann\n  Subject: Welcome\n  Sent:    Mon, 23 Nov 2026 09:00:00 -0000\n\ndid not reach the following recipient(s):\n\n${ANN} on Mon, 23 Nov 2026 09:01:00 -0000\n    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=us;a= ;p=x\n    MSEXCH:IMS:X:Y:Z 3550 (000B09B6) Unknown Recipient\n`,
      'System Administrator <postmaster@mx.example>',
    ),
    ...unknown,
  },
  {
    source: 'exchange 2003',
    raw: plain(
      'Undeliverable: Welcome',
      `Your message did not reach some or all of the intended recipients.\n\n      Subject:\tWelcome\n      Sent:\t11/23/2026 9:00 AM\n\nThe following recipient(s) could not be reached:\n\n      ${ANN} on 11/23/2026 9:01 AM\n            The e-mail account does not exist at the organization this message was sent to.  Check the e-mail address, or contact the recipient directly to find out the correct address.\n            <mx.example #5.1.1>\n`,
      'System Administrator <postmaster@mx.example>',
    ),
    ...unknown,
  },
  {
    source: 'exchange 2007 (html)',
    raw: html(
      'Undeliverable: Welcome',
      `<p><b>Delivery has failed to these recipients or groups:</b></p><p><a href="mailto:${ANN}">Ann</a> (<a href="mailto:${ANN}">${ANN}</a>)<br>The e-mail address you entered couldn&#39;t be found. Please check the recipient&#39;s e-mail address and try to resend the message.</p><p>Diagnostic information for administrators:</p><p>Generating server: mx.example</p><p>${ANN}<br>#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##</p><p>Original message headers:</p><pre>${RETURNED.replaceAll('<', '&lt;')}</pre>`,
      'Microsoft Outlook <MicrosoftExchange329e@mx.example>',
    ),
    ...unknown,
  },
  {
    source: 'exchange (german, html)',
    raw: html(
      'Unzustellbar: Welcome',
      `<p>Fehler bei der Zustellung an folgende Empf&auml;nger oder Gruppen:</p><p><a href="mailto:${ANN}">${ANN}</a><br>Die eingegebene E-Mail-Adresse wurde nicht gefunden.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (french, html)',
    raw: html(
      'Non remis : Welcome',
      `<p>Échec de la remise à ces destinataires ou groupes :</p><p>${ANN}<br>L'adresse de messagerie que vous avez entrée est introuvable.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (spanish, html)',
    raw: html(
      'No se puede entregar: Welcome',
      `<p>No se pudo entregar el mensaje a estos destinatarios o grupos:</p><p>${ANN}<br>No se encontró la dirección de correo electrónico que especificó.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (italian, html)',
    raw: html(
      'Non recapitabile: Welcome',
      `<p>Il recapito non è riuscito per i seguenti destinatari o gruppi:</p><p>${ANN}<br>Impossibile trovare l'indirizzo: indirizzo non trovato.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (portuguese, html)',
    raw: html(
      'Não é possível entregar: Welcome',
      `<p>Falha na entrega para estes destinatários ou grupos:</p><p>${ANN}<br>O endereço de email que você inseriu não foi encontrado.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (chinese, html)',
    raw: html('未送达: Welcome', `<p>无法传递给以下收件人或组:</p><p>${ANN}<br>找不到您输入的电子邮件地址。</p>`),
    ...unknown,
  },
  {
    source: 'exchange (japanese, html)',
    raw: html(
      '配信不能: Welcome',
      `<p>次の受信者またはグループへの配信に失敗しました:</p><p>${ANN}<br>入力した電子メール アドレスが見つかりませんでした。</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (dutch, html)',
    raw: html(
      'Onbestelbaar: Welcome',
      `<p>Het bezorgen bij de volgende geadresseerden is mislukt:</p><p>${ANN}<br>Het e-mailadres dat u hebt opgegeven kan niet worden gevonden.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'exchange (russian, html)',
    raw: html(
      'Недоставленное: Welcome',
      `<p>Не удалось доставить сообщение следующим получателям:</p><p>${ANN}<br>Адрес не найден.</p>`,
    ),
    ...unknown,
  },
  {
    source: 'gmail plain',
    raw: plain(
      'Delivery Status Notification (Failure)',
      `Delivery to the following recipient failed permanently:\n\n     ${ANN}\n\nTechnical details of permanent failure: \nGoogle tried to deliver your message, but it was rejected by the server for the recipient domain readers.example by mx.readers.example. [192.0.2.1].\n\nThe error that the other server returned was:\n550 5.1.1 <${ANN}>: Recipient address rejected: User unknown in virtual mailbox table\n\n----- Original message -----\n\n${RETURNED}`,
      'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    ),
    ...unknown,
  },
  {
    source: 'gmail plain delay',
    raw: plain(
      'Delivery Status Notification (Delay)',
      `This is an automatically generated Delivery Status Notification\n\nTHIS IS A WARNING MESSAGE ONLY.\n\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nDelivery to the following recipient has been delayed:\n\n     ${ANN}\n\nMessage will be retried for 2 more day(s)\n`,
      'mailer-daemon@googlemail.com',
    ),
    is: 'deferred',
    recipient: ANN,
  },
  {
    source: 'yahoo plain',
    raw: plain(
      'Failure Notice',
      `Sorry, we were unable to deliver your message to the following address.\n\n<${ANN}>:\n554: delivery error: dd This user doesn't have a yahoo.example account (ann@readers.example) [0] - mta1.mail.example\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
      'MAILER-DAEMON@yahoo.example',
    ),
    ...unknown,
  },
  {
    source: 'aol',
    raw: plain(
      'Returned mail: see transcript',
      `The original message was received\n\n   ----- The following addresses had permanent fatal errors -----\n<${ANN}>\n\n   ----- Transcript of session follows -----\n... while talking to air-xn02.mail.example.:\n>>> RCPT To:<${ANN}>\n<<< 550 MAILBOX NOT FOUND\n550 <${ANN}>... User unknown\n`,
    ),
    ...unknown,
  },
  {
    source: 'domino plain',
    raw: plain(
      'DELIVERY FAILURE: User ann (ann@readers.example) not listed in Domino Directory',
      `Your message\n\n  Subject: Welcome\n\nwas not delivered to:\n\n  ${ANN}\n\nbecause:\n\n  User ann (${ANN}) not listed in Domino Directory\n`,
      'Postmaster@mx.example',
    ),
    ...unknown,
  },
  {
    source: 'groupwise',
    raw: plain(
      'Message status - undeliverable',
      `The message that you sent was undeliverable to the following:\n\t${ANN} (user unknown)\n\nPossibly truncated original message follows:\n\n${RETURNED}`,
      'Mailer-Daemon@mx.example',
    ),
    ...unknown,
  },
  {
    source: 'mailenable',
    raw: plain(
      'Message Delivery Failure',
      `MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:${ANN}]\n\tReason: The message could not be delivered because the domain name (readers.example) does not appear to be registered. Unknown domain\n\nMessage headers follow:\n\n${RETURNED}`,
      'postmaster@mx.example',
    ),
    ...noDomain,
  },
  {
    source: 'iis smtp',
    raw: plain(
      'Delivery Status Notification (Failure)',
      `This is an automatically generated Delivery Status Notification.\n\nDelivery to the following recipients failed.\n\n       ${ANN}\n\nReason: 550 5.1.1 User unknown\n`,
      'postmaster@mx.example',
    ),
    ...unknown,
  },
  {
    source: 'imail',
    raw: plain(
      'Undeliverable Mail',
      `Unknown user: ${ANN}\n\n\nOriginal message follows.\n\n${RETURNED}`,
      'Postmaster <postmaster@mx.example>',
    ),
    ...unknown,
  },
  {
    source: 'mdaemon',
    raw: plain(
      'Permanent Delivery Failure',
      `The attached message had PERMANENT fatal delivery errors!\n\nYour message could not be delivered.\n\nFailed address: ${ANN}\n\n--- Session Transcript ---\n<-- 220 mx.readers.example\n--> MAIL From:<${TO}>\n<-- 250 ok\n--> RCPT To:<${ANN}>\n<-- 550 5.1.1 No such user here\n--- End Transcript ---\n`,
      'MDaemon at mx.example <MDaemon@mx.example>',
    ),
    ...unknown,
  },
  {
    source: 'qq',
    raw: plain(
      '系统退信/System bounce',
      `您好!\n很抱歉，您的邮件被退回来了……\n原邮件信息：\n时间 2026-11-23 17:00:00\n主题 Welcome\n收件人 ${ANN}\n退信原因：收件人邮箱地址(${ANN})不存在，邮件无法送达。\nhost mx.example said: 550 Mailbox not found\n`,
      'PostMaster@qq.example',
    ),
    ...unknown,
  },
  {
    source: '163',
    raw: plain(
      '系统退信',
      `抱歉，您的邮件被退回来了……\n原邮件信息：\n发件人：${TO}\n收件人：${ANN}\n退信原因：\n550 User not found: ${ANN}\n`,
      'Postmaster@163.example',
    ),
    ...unknown,
  },
  {
    source: '163 full',
    raw: plain(
      '系统退信',
      `抱歉，您的邮件被退回来了。\n收件人：${ANN}\n退信原因：收件人邮箱已满\n`,
      'Postmaster@163.example',
    ),
    ...full,
  },
  {
    source: 'a mobile provider',
    raw: plain(
      'Mail System Error - Returned Mail',
      `The user(s) account is disabled.\n\n<${ANN}>: 550 user not found\n\nYour message could not be delivered.\n`,
    ),
    ...unknown,
  },
  {
    source: 'ezweb',
    raw: plain(
      'Mail System Error - Returned Mail',
      `Each of the following recipients was rejected by a remote mail server.\nThe reasons given by the server are included to help you determine why\neach recipient was rejected.\n\n    Recipient: <${ANN}>\n    Reason:    <${ANN}>: User unknown\n\n`,
      'Postmaster@mx.example',
    ),
    ...unknown,
  },
  {
    source: 'interscan',
    raw: plain(
      'Mail delivery failed',
      `Unable to deliver message to <${ANN}>\n\nSent <<< RCPT TO:<${ANN}>\nReceived >>> 550 5.1.1 <${ANN}>: unknown user\n\nUnable to deliver message to the above.\n`,
      'Postmaster <postmaster@mx.example>',
    ),
    ...unknown,
  },
  {
    source: 'smtp32',
    raw: plain(
      'Undeliverable message',
      `undeliverable to ${ANN}\n\nuser mailbox is full: ${ANN}\n\nOriginal message follows.\n\n${RETURNED}`,
      'postmaster@mx.example',
    ),
    ...full,
  },
  {
    source: 'a web host (french)',
    raw: plain(
      'Message non distribué',
      `Votre message n'a pas pu être remis à :\n\n<${ANN}>\n\nBoîte aux lettres pleine.\n`,
      'postmaster@mx.example',
    ),
    ...full,
  },
  {
    source: 'gmx (german)',
    raw: plain(
      'Mail delivery failed: returning message to sender',
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to\none or more of its recipients. This is a permanent error.\n\nThe following address failed:\n\n"${ANN}":\nSMTP error from remote server for RCPT TO command, host: mx.readers.example (192.0.2.1) reason: 550 Requested action not taken: mailbox unavailable\n\nuser unknown\n\n--- The header of the original message is following. ---\n${RETURNED}`,
      'mailer-daemon@gmx.example',
    ),
    ...unknown,
  },
  {
    source: 'message too large',
    raw: plain(
      'Undelivered Mail Returned to Sender',
      `This is the mail system at host mx.example.\n\n<${ANN}>: message size 30000000 exceeds size limit 20480000 of server mx.readers.example[192.0.2.1]\n`,
    ),
    is: 'bounced',
    recipient: ANN,
    reason: 'message-too-large',
    hardness: 'soft',
  },

  // Complaints.
  { source: 'arf abuse', raw: complaint('abuse', `Original-Rcpt-To: <${ANN}>\n`), is: 'complaint', recipient: ANN },
  { source: 'arf without recipient', raw: complaint('abuse', ''), is: 'complaint', recipient: ANN },
  {
    source: 'jmrp',
    raw: `From: staff@hotmail.com\nTo: complaints@mail.shop.example\nSubject: complaint about message from 192.0.2.7\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: <${ANN}>\n${RETURNED}\nHello\n--c--\n`,
    is: 'complaint',
    recipient: ANN,
  },

  // Neither.
  {
    source: 'vacation (RFC 3834)',
    raw: plain('Re: Welcome', 'I am away until Monday.', `Ann <${ANN}>`, 'Auto-Submitted: auto-replied (vacation)\n'),
    is: 'auto-reply',
  },
  {
    source: 'out of office',
    raw: plain('Out of Office: Welcome', 'Back on Monday.', `Ann <${ANN}>`),
    is: 'auto-reply',
  },
  {
    source: 'exchange out of office',
    raw: plain('Automatic reply: Welcome', 'Back on Monday.', `Ann <${ANN}>`, 'X-Auto-Response-Suppress: All\n'),
    is: 'auto-reply',
  },
  {
    source: 'abwesenheit',
    raw: plain('Abwesenheitsnotiz: Welcome', 'Ich bin nicht erreichbar.', `Ann <${ANN}>`),
    is: 'auto-reply',
  },
  {
    source: 'absence',
    raw: plain('Réponse automatique : Welcome', 'Je suis absent.', `Ann <${ANN}>`),
    is: 'auto-reply',
  },
  {
    source: 'away (chinese)',
    raw: plain('自动回复: Welcome', '您好，我已收到您的邮件。', `Ann <${ANN}>`),
    is: 'auto-reply',
  },
  { source: 'away (japanese)', raw: plain('自動返信: Welcome', '不在です。', `Ann <${ANN}>`), is: 'auto-reply' },
  {
    source: 'challenge',
    raw: plain('Re: Welcome [please confirm]', 'Click to show that you are a person.', `Ann <${ANN}>`),
    is: 'auto-reply',
  },
  {
    source: 'read receipt',
    raw: `From: ${ANN}\nTo: ${TO}\nSubject: Read: Welcome\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=d\n\n--d\nContent-Type: text/plain\n\nYour message was read.\n--d\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; ${ANN}\nDisposition: manual-action/MDN-sent-manually; displayed\n--d--\n`,
    is: 'auto-reply',
  },
  {
    source: 'a reply of a person',
    raw: plain('Re: Welcome', 'Thank you, I like it!', `Ann <${ANN}>`),
    is: 'unrelated',
  },
  {
    source: 'spam to a return path',
    raw: plain('You have won', 'Send money to win@spam.example', 'win@spam.example'),
    is: 'unrelated',
  },
]

function complaint(type: string, fields: string): string {
  return `From: loop@loop.example\nTo: complaints@mail.shop.example\nSubject: FW: Welcome\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=f\n\n--f\nContent-Type: text/plain\n\nAn abuse report.\n--f\nContent-Type: message/feedback-report\n\nFeedback-Type: ${type}\nUser-Agent: Loop/1\nVersion: 1\n${fields}\n--f\nContent-Type: message/rfc822\n\n${RETURNED}\nHello\n--f--\n`
}
