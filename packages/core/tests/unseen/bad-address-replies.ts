/** `kinds`: the readings that a person would accept, joined by `|`. */
export type Row = readonly [server: string, line: string, kinds: string]

/** The address does not exist or is closed for good: a hard bounce that blocks. */
export const invalidRows: readonly Row[] = [
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
export const laterInvalidRows: readonly Row[] = [
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

/** Says that the address is wrong, but not plainly: blocking and not blocking are both right. */
export const unclearRows: readonly Row[] = [
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
