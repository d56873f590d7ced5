import type { BounceKind } from '../../src/domain/bounce/index.js'

/**
 * Replies as mail servers word them, written down from knowledge of the servers before any rule was looked at or changed.
 * `kinds` are the readings a person would accept; `invalid` says whether the address is to be blocked (BLK-1).
 */
export interface UnseenReply {
  readonly server: string
  readonly line: string
  readonly kinds: readonly BounceKind[]
  readonly invalid: boolean | 'either'
}

type Row = readonly [server: string, line: string, kinds: string]

/** The address does not exist or is closed for good: a hard bounce that blocks. */
const invalidRows: readonly Row[] = [
  [
    'Postfix, virtual',
    '550 5.1.1 <jo@example.org>: Recipient address rejected: User unknown in virtual mailbox table',
    'no-such-user',
  ],
  [
    'Postfix, relay',
    '550 5.1.1 <jo@example.org>: Recipient address rejected: User unknown in relay recipient table',
    'no-such-user',
  ],
  [
    'Postfix, verify',
    '550 5.1.1 <jo@example.org>: Recipient address rejected: undeliverable address: host mx.example.org[192.0.2.1] said: 550 5.1.1 No such mailbox (in reply to RCPT TO command)',
    'no-such-user',
  ],
  ['Exim, cPanel', '550 No Such User Here"', 'no-such-user'],
  ['Sendmail', '550 5.1.1 <jo@example.org>... User unknown', 'no-such-user'],
  [
    'Sendmail, host',
    '550 5.1.2 <jo@exmple.org>... Host unknown (Name server: exmple.org: host not found)',
    'no-such-domain',
  ],
  ['qmail-smtpd', '550 sorry, no mailbox here by that name (#5.1.1 - chkuser)', 'no-such-user'],
  ['Courier', '550 User unknown.', 'no-such-user'],
  ['OpenSMTPD', '550 Invalid recipient: <jo@example.org>', 'no-such-user'],
  ['Stalwart', '550 5.1.2 Mailbox does not exist.', 'no-such-user|no-such-domain'],
  [
    'Exchange 2016',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'no-such-user',
  ],
  ['Exchange 2007', '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found', 'no-such-user'],
  [
    'Gmail, inactive',
    '550 5.2.1 The email account that you tried to reach is inactive. For more information, go to https://support.google.com/mail/?p=DisabledUser a1-20020a',
    'inactive|disabled',
  ],
  [
    'Yahoo',
    '554 delivery error: dd Not a valid recipient - atlas-production.v2-mail-prod1-gq1.omega.yahoo.com',
    'no-such-user',
  ],
  [
    'Yahoo, disabled',
    '554 delivery error: dd This mailbox is disabled (554.30). - mta4001.mail.ne1.yahoo.com',
    'disabled',
  ],
  ['AOL', '550 5.1.1 jo: Recipient address rejected: aol.com', 'no-such-user'],
  ['iCloud', '550 5.1.1 <jo@icloud.com>: user does not exist', 'no-such-user'],
  ['iCloud, inactive', '550 5.1.6 recipient no longer on server: jo@me.com', 'no-such-user|inactive|disabled'],
  [
    'Mail.ru',
    '550 Message was not accepted -- invalid mailbox.  Local mailbox jo@mail.ru is unavailable: user not found',
    'no-such-user',
  ],
  [
    'Mail.ru, disabled',
    '550 Message was not accepted -- invalid mailbox.  Local mailbox jo@mail.ru is unavailable: account is disabled',
    'disabled|no-such-user',
  ],
  [
    'QQ',
    '550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728',
    'no-such-user',
  ],
  ['NetEase', '550 RP:RCP:user not found 163 mx23,PcCowAB3', 'no-such-user'],
  ['T-Online', '550 Benutzer hat hier kein Konto. User has no account here.', 'no-such-user'],
  ['Freenet', '550 inactive user', 'inactive|disabled'],
  [
    'Orange.fr',
    '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]',
    'no-such-user',
  ],
  ['Free.fr', '550 5.1.1 spool: user <jo> is unknown, boite inexistante', 'no-such-user'],
  ['SFR', '550 5.1.1 <jo@sfr.fr> User unknown - Utilisateur inconnu', 'no-such-user'],
  ['Libero', '550 RCPT TO:<jo@libero.it> User unknown', 'no-such-user'],
  ['Seznam', '550 5.1.1 Sorry, no mailbox here by that name.', 'no-such-user'],
  ['WP.pl', '550 Unknown local user jo@wp.pl', 'no-such-user'],
  [
    'Onet',
    '550 5.1.1 User mailbox not found or the account has been suspended for inactivity',
    'no-such-user|inactive|disabled',
  ],
  ['Interia', '550 Adresat nieznany / unknown recipient', 'no-such-user'],
  ['Naver', '550 5.1.1 No such user - nsmtp', 'no-such-user'],
  ['Docomo', '550 Unknown user jo@docomo.ne.jp', 'no-such-user'],
  ['UOL', '550 <jo@uol.com.br>: Recipient address rejected: MAILBOX NOT FOUND - usuario inexistente', 'no-such-user'],
  [
    'Terra',
    '550 5.1.1 <jo@terra.com.br>: Recipient address rejected: Usuario desconhecido - unknown user',
    'no-such-user',
  ],
  ['Rediffmail', '550 User suspended due to inactivity', 'inactive|disabled'],
  ['Zoho', '550 5.1.1 User does not exist - <jo@zoho.com>', 'no-such-user'],
  ['Comcast', '550 5.1.1 Not our Customer', 'no-such-user'],
  ['Cox', '550 5.1.1 <jo@cox.net> recipient rejected. No such recipient', 'no-such-user'],
  [
    'EarthLink',
    '550 jo@earthlink.net...User account is unavailable, no longer in use',
    'disabled|no-such-user|inactive',
  ],
  ['AT&T', '550 5.2.1 : Addressee unknown, relay=[192.0.2.44]', 'no-such-user|disabled'],
  ['BT', '550 5.1.1 recipient address does not have an account here', 'no-such-user'],
  ['Mimecast', '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [aBcD]', 'no-such-user'],
  ['Proofpoint', '550 5.1.1 User Unknown', 'no-such-user'],
  ['MessageLabs', '550 Invalid recipient <jo@example.org> (#5.1.1)', 'no-such-user'],
  [
    'Barracuda',
    '550 permanent failure for one or more recipients (jo@example.org:550 5.1.1 User unknown)',
    'no-such-user',
  ],
  ['Domino', '550 jo@example.org... No such user', 'no-such-user'],
  ['GroupWise', '550 Recipient not found in directory', 'no-such-user'],
  ['MDaemon', '550 jo@example.org, Recipient unknown', 'no-such-user'],
  ['Zimbra', '550 5.1.1 <jo@example.org>: Recipient address rejected: example.org', 'no-such-user'],
  ['CommuniGate', '550 jo account is not here', 'no-such-user'],
  ['Kerio', '550 5.1.1 User jo unknown', 'no-such-user'],
  ['IceWarp', '550 5.1.1 <jo@example.org> User unknown; rejecting', 'no-such-user'],
  ['SmarterMail', '550 <jo@example.org> No such user here', 'no-such-user'],
  ['null MX', '556 5.1.10 Recipient address has null MX', 'no-such-domain|no-such-user'],
]

/** Written after the first ones had been measured and the rules mended by them, before these were measured. */
const laterInvalidRows: readonly Row[] = [
  [
    'Postfix, local',
    '550 5.1.1 <jo@example.org>: Recipient address rejected: User unknown in local recipient table',
    'no-such-user',
  ],
  ['Exim, plesk', '550 This address no longer accepts mail, user unknown', 'no-such-user'],
  ['hMailServer', '550 Unknown user', 'no-such-user'],
  ['Axigen', '550 Recipient does not exist', 'no-such-user'],
  ['Seznam, disabled', '550 5.2.1 Mailbox is disabled', 'disabled'],
  ['Virgin Media', '550 #5.1.1 The email address does not exist here: no such user', 'no-such-user'],
  ['Telstra', '550 5.1.1 unknown or illegal alias', 'no-such-user'],
  ['Tiscali', '550 Account not found', 'no-such-user'],
  ['Aruba', '550 5.1.1 user unknown / utente sconosciuto', 'no-such-user'],
  [
    'FastMail',
    '550 5.1.1 <jo@fastmail.example>: Recipient address rejected: User unknown in virtual alias table',
    'no-such-user',
  ],
  ['Tutanota', '550 5.1.1 Recipient address rejected: unknown user', 'no-such-user'],
  ['KDDI', '550 jo@ezweb.example: user unknown', 'no-such-user'],
  ['Charter', '550 5.1.1 recipient account is not active', 'no-such-user|inactive|disabled'],
  ['Optus', '550 No such account: mailbox not found', 'no-such-user'],
  ['Cloudflare', '550 5.1.1 Address does not exist', 'no-such-user'],
]
const laterOtherRows: readonly Row[] = [
  [
    'Sendmail, sender DNS',
    '553 5.1.8 <x@example.com>... Domain of sender address x@example.com does not exist',
    'policy',
  ],
  ['Postfix, HELO', '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname', 'policy|protocol'],
  [
    'Postfix, client',
    '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.4]',
    'policy|authentication|network|rate-limited',
  ],
  ['SendGrid', '550 Unauthenticated senders not allowed', 'authentication|policy'],
  ['Mailgun', '554 Domain example.com is disabled for sending', 'policy|other'],
  [
    'cPanel, limit',
    '550 Domain example.com has exceeded the max emails per hour (150/100 (150%)) allowed. Message discarded.',
    'policy|rate-limited|other',
  ],
  ['Relay, closed account', '550 5.7.1 Sending from your account was disabled by an administrator', 'policy|disabled'],
  ['OVH, spam', '550 5.7.1 Spam message rejected', 'spam-content'],
  [
    'Zoho, block',
    '554 5.7.1 Email cannot be delivered. Reason: Email detected as Spam by spam filters.',
    'spam-content',
  ],
  ['IONOS', '550 Mail rejected: sender domain has no valid MX or A record, host not found', 'policy|authentication'],
  ['Yandex, quota', '552 5.2.2 Mailbox size limit exceeded', 'mailbox-full'],
  ['Naver, quota', '552 5.2.2 mailbox is full - nsmtp', 'mailbox-full'],
  ['iCloud, rate', '421 4.7.1 Too many messages from your server; try again later', 'rate-limited'],
  [
    'Gmail, first seen',
    '421 4.7.0 This message does not pass authentication checks (SPF and DKIM both do not pass). SPF check for [x.example] does not pass',
    'rate-limited|authentication',
  ],
  ['MailChannels', '550 5.7.1 [CS] Message blocked. Please refer to https://console.example/x', 'policy|spam-content'],
  ['Exim, maintenance', '451 Temporary local problem - please try later', 'other|network'],
  [
    'Dovecot, LMTP down',
    '451 4.3.0 <jo@example.org> Internal error occurred. Refer to server log for more information.',
    'other|network',
  ],
  ['Exim, DNS of the sender', '550 Sender verify failed: no such domain', 'policy'],
  ['Rspamd', '554 5.7.1 Matched map: SENDER_DOMAIN_BL', 'policy|spam-content|other'],
  [
    'Trend Micro',
    '550 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using Trend Micro Email Reputation Service.',
    'policy',
  ],
  ['Greylist at GMX', '450 4.7.1 Temporary greylisted, retry in 60 seconds', 'greylisted'],
]

/** Says that the address is wrong, but not plainly: blocking and not blocking are both right. */
const unclearRows: readonly Row[] = [
  ['Exim', '550 Unrouteable address', 'no-such-user|no-such-domain'],
  ['Haraka', '550 I cannot deliver mail for <jo@example.org>', 'no-such-user|relay-denied'],
  [
    'Exchange Online, DBEB',
    '550 5.4.1 Recipient address rejected: Access denied. [AM5EUR03FT004.eop-EUR03.prod.protection.outlook.com]',
    'no-such-user|policy',
  ],
  [
    'Outlook.com',
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [CO1NAM03FT014.eop-NAM03.prod.protection.outlook.com]',
    'no-such-user|other',
  ],
  [
    'GMX',
    '550 Requested action not taken: mailbox unavailable For explanation visit https://postmaster.gmx.net/en/error-messages?ip=192.0.2.9&c=rip',
    'no-such-user|other',
  ],
  ['IronPort', '550 #5.1.0 Address rejected.', 'no-such-user|other'],
  ['MailEnable', '550 Requested action not taken: mailbox unavailable or not local', 'no-such-user|other|relay-denied'],
]

/** Not the address: nothing here may block anybody, though some of it is final. */
const otherRows: readonly Row[] = [
  [
    'qmail, netqmail',
    '553 sorry, this recipient is not in my validrcptto list (#5.7.1)',
    'no-such-user|policy|relay-denied',
  ],
  ['Yandex', '550 5.7.1 No such user! 1554300000-KcTz0pQOqI', 'no-such-user|policy'],
  ['Rambler', '550 5.7.1 recipient <jo@rambler.ru> unknown, address not found', 'no-such-user|policy'],
  [
    'Exim, cPanel, sender verify',
    '550-Verification failed for <x@example.com>\n550-The mail server could not deliver mail to x@example.com.  The account or domain may not exist, they may be blacklisted, or missing the proper dns entries.\n550 Sender verify failed',
    'policy|authentication|other',
  ],
  [
    'Exim, sender verify by callout',
    '550-Verification failed for <x@example.com>\n550-Called:   192.0.2.7\n550-Sent:     RCPT TO:<x@example.com>\n550-Response: 550 5.1.1 User unknown\n550 Sender verify failed',
    'policy|authentication|other',
  ],
  [
    'Postfix, quota',
    '552 5.2.2 <jo@example.org>: Recipient address rejected: Quota exceeded (mailbox for user is full)',
    'mailbox-full',
  ],
  ['Dovecot LMTP', '552 5.2.2 <jo@example.org> Quota exceeded (mailbox for user is full)', 'mailbox-full'],
  ['Dovecot LMTP, soft', '452 4.2.2 <jo@example.org> Quota exceeded (mailbox for user is full)', 'mailbox-full'],
  ['Exim, quota', '550 mailbox is full: retry timeout exceeded', 'mailbox-full'],
  [
    'Gmail, quota',
    "452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp",
    'mailbox-full',
  ],
  ['iCloud, quota', '552 5.2.2 <jo@icloud.com>: user is over quota', 'mailbox-full'],
  ['Mail.ru, quota', '550 Message was not accepted -- mailbox jo@mail.ru is overflowing', 'mailbox-full'],
  [
    'Web.de, quota',
    '552 Requested mail action aborted: exceeded storage allocation For explanation visit https://postmaster.web.de',
    'mailbox-full',
  ],
  [
    'Exchange, quota',
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message',
    'mailbox-full',
  ],
  ['Laposte.net, quota', '552 5.2.2 Boite du destinataire pleine. Recipient overquota. LPN014', 'mailbox-full'],
  ['T-Online, quota', '552 Mailbox voll / quota exceeded', 'mailbox-full'],
  ['Postfix, size', '552 5.3.4 Message size exceeds fixed limit', 'message-too-large'],
  [
    'Exchange Online, size',
    '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient',
    'message-too-large',
  ],
  [
    'Gmail, size',
    "552 5.3.4 Your message exceeded Google's message size limits. For more information visit https://support.google.com/mail/?p=MaxSizeError",
    'message-too-large',
  ],
  ['Sendmail, size', '552 5.2.3 Message exceeds maximum fixed size (20971520)', 'message-too-large'],
  [
    'postgrey',
    '450 4.2.0 <jo@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.org.html',
    'greylisted',
  ],
  ['milter-greylist', '451 4.7.1 Greylisting in action, please come back in 00:05:00', 'greylisted'],
  ['SQLgrey', '450 <jo@example.org>: Recipient address rejected: Greylisted for 5 minutes', 'greylisted'],
  ['rspamd', '451 4.7.1 Greylisted, please try again later', 'greylisted'],
  ['Exim, greylist', '451 Temporary greylisting - please resend in 5 minutes', 'greylisted'],
  ['OVH, greylist', '450 4.7.1 You are greylisted for 120 seconds', 'greylisted'],
  [
    'Gmail, rate',
    '421 4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily rate limited.',
    'rate-limited|spam-content',
  ],
  [
    'Gmail, user rate',
    '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. Please resend your message at a later time.',
    'rate-limited',
  ],
  [
    'Yahoo, TSS04',
    '421 4.7.0 [TSS04] Messages from 192.0.2.4 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes',
    'rate-limited',
  ],
  [
    'Outlook.com, rate',
    '451 4.7.650 The mail server [192.0.2.4] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S775)',
    'rate-limited',
  ],
  [
    'Orange.fr, rate',
    '421 smtp.orange.fr Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR004_104 [104]',
    'rate-limited',
  ],
  ['Comcast, rate', '421 4.1.0 192.0.2.4 Throttled - try again later', 'rate-limited'],
  ['Mail.ru, rate', '451 Ratelimit exceeded for mailbox', 'rate-limited'],
  ['Postfix, anvil', '450 4.7.1 Error: too much mail from 192.0.2.4', 'rate-limited'],
  ['NetEase, rate', '451 DT:SPM mx2, please try again', 'rate-limited|spam-content|greylisted|other'],
  ['QQ, rate', '550 Ip frequency limited [Kd1 IP: 192.0.2.4]. http://service.mail.qq.com/cgi-bin/help', 'rate-limited'],
  ['Postfix, recipients', '452 4.5.3 Error: too many recipients', 'too-many-recipients'],
  ['Exchange, recipients', '550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients', 'too-many-recipients'],
  [
    'Spamhaus at Postfix',
    '554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.4',
    'policy',
  ],
  [
    'Outlook.com, block list',
    "550 5.7.1 Unfortunately, messages from [192.0.2.4] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
    'policy',
  ],
  [
    'Exchange Online, banned',
    '550 5.7.606 Access denied, banned sending IP [192.0.2.4]. To request removal from this list please visit https://sender.office.com/',
    'policy',
  ],
  ['Proofpoint, CSI', '554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.4', 'policy'],
  [
    'Barracuda, BRBL',
    '554 Service unavailable; Client host [192.0.2.4] blocked using Barracuda Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.4',
    'policy',
  ],
  [
    'IronPort, SenderBase',
    "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.",
    'policy',
  ],
  [
    'AT&T, block',
    '553 5.3.0 flpd589 DNSBL:ATTRBL 521< 192.0.2.4 >_is_blocked.__For assistance forward this email to abuse_rbl@abuse-att.net',
    'policy',
  ],
  ['Comcast, block', '554 5.7.1 [P4] Message blocked due to spam content in the message.', 'spam-content'],
  [
    'T-Online, block',
    '554 IP=192.0.2.4 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.)',
    'policy|other',
  ],
  [
    'GMX, reputation',
    '554 Transaction failed Reject due to policy restrictions. For explanation visit https://postmaster.gmx.net/en/case?c=hi',
    'policy',
  ],
  ['Free.fr, spam', '550 spam detected', 'spam-content'],
  [
    'Gmail, spam',
    '550 5.7.1 [192.0.2.4 12] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked.',
    'spam-content',
  ],
  ['SpamAssassin, Exim', '550 This message scored 12.3 spam points.', 'spam-content'],
  ['Amavis', '554 5.7.0 Reject, id=12345-06 - spam', 'spam-content'],
  ['Sophos, URL', '550 5.7.1 Message contains a URL listed on SURBL; rejected as junk', 'spam-content'],
  ['Yandex, spam', '554 5.7.1 [2] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc', 'spam-content'],
  [
    'ClamAV milter',
    '554 5.7.1 virus Eicar-Test-Signature detected by ClamAV - http://www.clamav.net',
    'spam-content|policy',
  ],
  [
    'Gmail, unauthenticated',
    '550 5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.',
    'authentication',
  ],
  [
    'Yahoo, DMARC',
    '554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes',
    'policy|authentication',
  ],
  [
    'Exchange Online, DMARC',
    '550 5.7.509 Access denied, sending domain EXAMPLE.COM does not pass DMARC verification and has a DMARC policy of reject.',
    'authentication',
  ],
  [
    'Postfix, SPF',
    '550 5.7.23 <jo@example.org>: Recipient address rejected: Message rejected due to: SPF fail - not authorized',
    'authentication',
  ],
  [
    'Gmail, PTR',
    '550 5.7.25 The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP.',
    'authentication|policy',
  ],
  ['Postfix, relay', '554 5.7.1 <jo@example.org>: Relay access denied', 'relay-denied'],
  ['Exchange, relay', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay-denied'],
  ['Sendmail, relay', '550 5.7.1 <jo@example.org>... Relaying denied. Proper authentication required.', 'relay-denied'],
  ['qmail, rcpthosts', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'relay-denied'],
  [
    'Exchange, restricted',
    '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group',
    'policy|authentication',
  ],
  [
    'Google Groups',
    '550 5.7.1 The group you tried to contact may not exist, or you may not have permission to post messages to the group.',
    'policy|other|relay-denied',
  ],
  [
    'Postfix, sender unknown',
    '450 4.1.8 <x@example.com>: Sender address rejected: Domain not found',
    'authentication|policy|other|network',
  ],
  [
    'Postfix, sender user',
    '550 5.1.0 <x@example.com>: Sender address rejected: User unknown in local recipient table',
    'policy|authentication|other',
  ],
  ['Exim, sender verify', '550 Sender verify failed', 'policy|authentication|other'],
  [
    'Exim, sender callout',
    '550-Callback setup failed while verifying <x@example.com>\n550 Sender verify failed: no such user',
    'policy|authentication|other',
  ],
  ['Exim, HELO', '550 "REJECTED - Bad HELO - Host impersonating [example.com]"', 'policy|protocol'],
  ['Postfix, local error', '451 4.3.0 <jo@example.org>: Temporary lookup failure', 'other|network'],
  [
    'Postfix, unverified',
    '450 4.1.1 <jo@example.org>: Recipient address rejected: unverified address: Address verification in progress',
    'other|greylisted|no-such-user',
  ],
  ['Exchange, loop', '554 5.4.14 Hop count exceeded - possible mail loop ATTR34', 'network|other|protocol'],
  [
    'Sendmail, loop',
    '554 5.4.6 Too many hops 26 (25 max): from <x@example.com> via mx, to <jo@example.org>',
    'network|other|protocol',
  ],
  ['Exchange, queue', '550 4.4.7 QUEUE.Expired; message expired', 'network|other'],
  ['Postfix, long queue', '451 4.4.1 connect to mx.example.org[192.0.2.1]:25: Connection timed out', 'network'],
  ['Gmail, moved policy', '554 5.7.5 Permanent error evaluating DMARC policy', 'authentication|policy'],
  [
    'Exchange Online, tenant',
    '451 4.7.500 Server busy. Please try again later from [192.0.2.4]. (S77719)',
    'rate-limited',
  ],
  ['Exchange, suspended service', '421 4.3.2 Service not active', 'network|other|rate-limited'],
  ['AT&T, closed connection', '421 4.7.1 Connection refused - too many sessions from host', 'rate-limited'],
  ['SMTPUTF8', '553 5.6.7 Address requires SMTPUTF8', 'protocol|policy|other'],
  ['Lines too long', '500 Line limit exceeded', 'protocol'],
  ['TLS wanted', '530 5.7.0 Must issue a STARTTLS command first', 'policy|authentication|protocol'],
]

const rowsOf = (rows: readonly Row[], invalid: UnseenReply['invalid']): UnseenReply[] =>
  rows.map(([server, line, kinds]) => ({ server, line, kinds: kinds.split('|') as BounceKind[], invalid }))

export const unseenReplies: readonly UnseenReply[] = [
  ...rowsOf(invalidRows, true),
  ...rowsOf(unclearRows, 'either'),
  ...rowsOf(otherRows, false),
]

export const laterReplies: readonly UnseenReply[] = [
  ...rowsOf(laterInvalidRows, true),
  ...rowsOf(laterOtherRows, false),
]
