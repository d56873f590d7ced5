import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BounceClass } from './bounce-class.js'
import { classifyReply } from './classify-reply.js'
import { enhancedRules } from './enhanced-rules.js'
import { parseReply } from './parse-reply.js'
import { textRules } from './text-rules.js'

const classify = (line: string) => classifyReply(parseReply(line))

/** Raw answers as the servers give them. Flags not named are false. */
const rows: readonly [line: string, expected: Partial<BounceClass>][] = [
  // BLK-1, by status
  [
    '550 5.1.1 <ann@example.org>: Recipient address rejected',
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  ['550 5.1.2 Bad destination system', { kind: 'no-such-domain', hardness: 'hard', invalid: true }],
  ['553 5.1.3 Bad address syntax', { kind: 'no-such-user', hardness: 'hard', invalid: true }],
  ['550 5.1.6 Mailbox has moved', { kind: 'no-such-user', hardness: 'hard', invalid: true }],
  ['556 5.1.10 Recipient address has a null MX', { kind: 'no-such-domain', hardness: 'hard', invalid: true }],
  ['550 5.2.1 Mailbox disabled', { kind: 'disabled', hardness: 'hard', invalid: true }],
  [
    '550 5.4.310 DNS domain example.invalid does not exist',
    { kind: 'no-such-domain', hardness: 'hard', invalid: true },
  ],
  // BLK-1, by text
  ['550 NXDOMAIN', { kind: 'no-such-domain', hardness: 'hard', invalid: true }],
  ['550 null MX', { kind: 'no-such-domain', hardness: 'hard', invalid: true }],
  ['556 Domain of the recipient', { kind: 'no-such-domain', hardness: 'hard', invalid: true, rule: 'code-556' }],
  ['550 User unknown', { kind: 'no-such-user', hardness: 'hard', invalid: true, rule: 'text-no-such-user' }],
  ['551 5.1.1 recipient is not exist', { kind: 'no-such-user', hardness: 'hard', invalid: true }],
  ['550 5.0.0 Account has been disabled', { kind: 'disabled', hardness: 'hard', invalid: true }],
  ['550 5.2.0 account is inactive', { kind: 'inactive', hardness: 'hard', invalid: true }],
  [
    "550 mailbox 'bob' <bob@example.org> does not exist; mailbox not found",
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  // never invalid
  ['450 4.1.1 User unknown in local table', { kind: 'no-such-user', hardness: 'soft', temporary: true }],
  ['450 User unknown', { kind: 'no-such-user', hardness: 'soft', temporary: true }],
  ['450 5.1.1 User unknown', { kind: 'no-such-user', hardness: 'soft', temporary: true }],
  ['550 4.1.1 User unknown', { kind: 'no-such-user', hardness: 'hard' }],
  ['552 5.2.2 Mailbox full', { kind: 'mailbox-full', hardness: 'soft' }],
  ['550 5.2.2 No such user here', { kind: 'mailbox-full', hardness: 'soft' }],
  ['550 5.7.1 user unknown', { kind: 'no-such-user', hardness: 'hard' }],
  ['550 5.7.17 Mailbox owner has changed', { kind: 'policy', hardness: 'hard' }],
  // about the sender, whose address a server may ask back for
  [
    '550 5.1.0 <a@b.example>: Sender address rejected: User unknown in local recipient table',
    { kind: 'policy', hardness: 'hard' },
  ],
  [
    '550 5.1.1 <a@b.example>: Sender address rejected: undeliverable address: 550 5.1.1 No such user',
    { kind: 'policy', hardness: 'hard' },
  ],
  [
    '550-Verification failed for <a@b.example>\n550-Response: 550 5.1.1 User unknown\n550 Sender verify failed',
    { kind: 'policy', hardness: 'hard' },
  ],
  ['550 Domain of sender address does not exist, no such domain', { kind: 'policy', hardness: 'hard' }],
  ['550 5.1.2 host said: 550 host unknown (in reply to MAIL FROM command)', { kind: 'policy', hardness: 'hard' }],
  // about our account with a relay
  ['550 Your account has been suspended', { kind: 'policy', hardness: 'hard' }],
  ['550 Message rejected, the sending account is disabled', { kind: 'policy', hardness: 'hard' }],
  ['550 PTR for 192.0.2.4: no such domain', { kind: 'policy', hardness: 'hard' }],
  // Exchange, of a recipient that is not in its directory
  [
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  // Gmail
  [
    '550-5.1.1 The email account that you tried to reach does not exist. Please try\n550 5.1.1 double-checking',
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  [
    '550 5.2.1 The email account that you tried to reach is inactive.',
    { kind: 'inactive', hardness: 'hard', invalid: true, rule: 'gmail-inactive' },
  ],
  [
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents',
    { kind: 'rate-limited', hardness: 'soft', temporary: true, rule: 'gmail-recipient-rate' },
  ],
  [
    '450 4.2.1 The user you are trying to contact is receiving mail too quickly.',
    { kind: 'rate-limited', hardness: 'soft', temporary: true },
  ],
  [
    '452 4.2.2 The recipient\u2019s inbox is out of storage space',
    { kind: 'mailbox-full', hardness: 'soft', temporary: true },
  ],
  [
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail',
    { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true, spam: true },
  ],
  [
    '550 5.7.26 This mail has been blocked because the sender is unauthenticated.',
    { kind: 'authentication', hardness: 'hard' },
  ],
  [
    '550-5.7.1 Our system has detected that this message is\n550 5.7.1 likely unsolicited mail.',
    { kind: 'spam-content', hardness: 'hard', spam: true },
  ],
  [
    '550 5.4.5 Daily SMTP relay sending limit exceeded for user.',
    { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true },
  ],
  // Outlook
  [
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).',
    { kind: 'no-such-user', hardness: 'hard', invalid: true, rule: 'outlook-unavailable' },
  ],
  ['550 Requested action not taken: mailbox unavailable', { kind: 'other', hardness: 'hard', rule: 'none' }],
  [
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  [
    '550 5.7.515 Access denied, sending domain does not meet the required authentication level.',
    { kind: 'authentication', hardness: 'hard' },
  ],
  ['550 5.7.1 part of their network is on our block list (S3140).', { kind: 'policy', hardness: 'hard', spam: true }],
  ['550 5.7.606 Access denied, banned sending IP', { kind: 'policy', hardness: 'hard', spam: true }],
  [
    '451 4.7.500 Server busy. Please try again later',
    { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true },
  ],
  // Yahoo and AOL
  [
    "554 delivery error: dd This user doesn't have a yahoo.com account [0]",
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  ['554 delivery error: dd Not a valid recipient', { kind: 'no-such-user', hardness: 'hard', invalid: true }],
  [
    '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints',
    { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true },
  ],
  ['554 5.7.9 Message not accepted for policy reasons.', { kind: 'policy', hardness: 'hard' }],
  ['553 5.7.1 [BL21] Connections will not be accepted', { kind: 'policy', hardness: 'hard', spam: true }],
  [
    '521 5.2.1 : AOL will not accept delivery of this message.',
    { kind: 'policy', hardness: 'hard', spam: true, rule: 'aol-refused-host' },
  ],
  // QQ
  ['550 Mailbox not found. http://service.mail.qq.com/', { kind: 'no-such-user', hardness: 'hard', invalid: true }],
  [
    '550 The recipient may contain a non-existent account, please check',
    { kind: 'no-such-user', hardness: 'hard', invalid: true },
  ],
  ['550 Mailbox unavailable or access denied', { kind: 'policy', hardness: 'hard' }],
  ['550 Mail is rejected by recipients', { kind: 'blocked-sender', hardness: 'hard', recipientBlockedSender: true }],
  ['550 Mail content denied', { kind: 'spam-content', hardness: 'hard', spam: true }],
  ['550 Ip frequency limited', { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true }],
  ['550 Domain frequency limited', { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true }],
  // 163
  ['550 User not found: ann', { kind: 'no-such-user', hardness: 'hard', invalid: true }],
  ['550 User suspended', { kind: 'disabled', hardness: 'hard', invalid: true }],
  ['554 DT:SPM 163 smtp7,C8CowAA', { kind: 'spam-content', hardness: 'hard', spam: true }],
  ['451 MI:SFQ 163 smtp10', { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true }],
  ['421 HL:REP 163 smtp5', { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true, spam: true }],
  // everybody
  ['552 Too many recipients', { kind: 'too-many-recipients', hardness: 'soft', temporary: true }],
  ['452 4.5.3 Too many recipients', { kind: 'too-many-recipients', hardness: 'soft', temporary: true }],
  ['550 5.5.3 Too many recipients', { kind: 'too-many-recipients', hardness: 'soft', temporary: true }],
  ['450 4.2.0 Greylisted, see http://postgrey.example/help', { kind: 'greylisted', hardness: 'soft', temporary: true }],
  [
    '451 4.7.1 Greylisting in action, please come back later',
    { kind: 'greylisted', hardness: 'soft', temporary: true },
  ],
  ['421 Service not available', { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true }],
  ['450 4.7.1 Try again later', { kind: 'rate-limited', hardness: 'soft', temporary: true, rateLimited: true }],
  ['451 4.3.0 Temporary failure', { kind: 'other', hardness: 'soft', temporary: true }],
  ['554 5.7.1 Relay access denied', { kind: 'relay-denied', hardness: 'hard' }],
  ['552 5.3.4 Message size exceeds fixed limit', { kind: 'message-too-large', hardness: 'soft' }],
  ['552 Message size exceeds fixed limit', { kind: 'message-too-large', hardness: 'soft' }],
  ['552 quota', { kind: 'mailbox-full', hardness: 'soft', rule: 'code-552' }],
  [
    '554 5.7.1 Service unavailable; client host blocked using Spamhaus',
    { kind: 'policy', hardness: 'hard', spam: true },
  ],
  ['550 5.1.8 Sender address rejected: Domain not found', { kind: 'policy', hardness: 'hard' }],
  ['535 5.7.8 Authentication credentials invalid', { kind: 'authentication', hardness: 'hard' }],
  ['503 Bad sequence of commands', { kind: 'protocol', hardness: 'hard' }],
  ['550 5.4.4 Unable to route', { kind: 'network', hardness: 'soft' }],
  ['554 Transaction failed', { kind: 'other', hardness: 'hard', rule: 'none' }],
  ['no answer one can read', { kind: 'other', hardness: 'soft', temporary: true }],
]

describe('classifyReply', () => {
  it.each(rows)('BLK-1, DLV-5: %s', (line, expected) => {
    const { rule, ...flags } = classify(line)
    const falseUnlessNamed = {
      temporary: false,
      invalid: false,
      spam: false,
      recipientBlockedSender: false,
      rateLimited: false,
    }
    const { rule: expectedRule = rule, ...expectedFlags } = expected
    expect(flags).toEqual({ ...falseUnlessNamed, ...expectedFlags })
    expect(rule).toBe(expectedRule)
  })

  it.each(enhancedRules.filter((rule) => rule.vague !== true))(
    'DLV-5: status x.$status decides before any text',
    (rule) => {
      const [subject, details = ''] = rule.status.split('.')
      const status = `5.${subject}.${details.split('-')[0]}`
      const text = rule.invalid === true ? 'this is spam' : 'user unknown'
      const found = classifyReply({ code: 550, enhanced: status, text: `${status} ${text}` })
      expect(found).toMatchObject({ kind: rule.kind, rule: `status-${rule.status}`, invalid: rule.invalid === true })
    },
  )

  it('BLK-1: the statuses that may enter the invalid list are exactly those of the rule', () => {
    const invalid = enhancedRules.filter((rule) => rule.invalid === true).map((rule) => rule.status)
    // 4.310 is Exchange's way to say NXDOMAIN.
    expect(invalid).toEqual(['1.1', '1.2', '1.3', '1.6', '1.10', '2.1', '4.310'])
  })

  const phrases = textRules.flatMap((rule) =>
    rule.says.map((says) => [rule, typeof says === 'string' ? says : says.join(' ')] as const),
  )
  it.each(phrases.map(([rule, phrase]) => [rule.id, phrase, rule.kind] as const))(
    'text rule %s: "%s" on 5yz',
    (id, phrase, kind) => {
      expect(classifyReply({ code: 554, enhanced: null, text: `Sorry, ${phrase.toUpperCase()}.` })).toMatchObject({
        kind,
        rule: `text-${id}`,
      })
    },
  )

  it('ignores what stands in addresses and links', () => {
    expect(classify('550 5.0.0 <user-unknown@x.example> refused, see https://x.example/mailbox-full').rule).toBe(
      'status-0.0',
    )
    expect(classify('550 no such user@example.org').invalid).toBe(false)
  })

  it('BLK-1: no 4yz, 5.2.2 or 5.7.x is ever invalid, whatever its text; every 4yz is temporary and soft', () => {
    const says = fc.constantFrom(...phrases.map(([, phrase]) => phrase))
    const status = fc.tuple(fc.constantFrom('4', '5'), fc.nat(9), fc.nat(700)).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 599 }),
        fc.option(status),
        says,
        says,
        (code, enhanced, first, second) => {
          const found = classifyReply({ code, enhanced, text: `${first} ${second}` })
          const neverInvalid =
            code < 500 || enhanced === '5.2.2' || enhanced?.startsWith('5.7.') || enhanced?.startsWith('4.')
          if (neverInvalid) expect(found.invalid).toBe(false)
          if (code < 500)
            expect(found).toMatchObject({ temporary: true, hardness: 'soft', recipientBlockedSender: false })
          if (found.invalid) expect(found).toMatchObject({ hardness: 'hard', temporary: false })
          if (found.rateLimited) expect(found.temporary).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('TSK-12: 421 and 45x with 4.7.x ask for less mail; other 4yz do not', () => {
    expect(classify('421 4.3.2 Service shutting down').rateLimited).toBe(true)
    expect(classify('451 4.7.24 SPF fail').rateLimited).toBe(true)
    expect(classify('459 4.7.0 later').rateLimited).toBe(true)
    expect(classify('451 4.4.1 later').rateLimited).toBe(false)
    expect(classify('440 4.7.0 later').rateLimited).toBe(false)
    expect(classify('550 5.7.1 later').rateLimited).toBe(false)
  })
})
