import type { BounceKind } from './bounce-class.js'

/** Phrases that decide where the status is absent or vague. Lower case, plain substrings: no regular expression meets server text. */
export interface TextRule {
  readonly id: string
  readonly kind: BounceKind
  /** Any one of them decides; an inner list wants all of its parts. */
  readonly says: readonly (string | readonly string[])[]
  readonly spam?: true
  readonly rateLimited?: true
}

/** What says that the sender is the bad one, perhaps in the words of a server that was asked about it. Never held against the recipient. */
const sender: TextRule = {
  id: 'sender',
  kind: 'policy',
  says: [
    'sender address',
    'address of sender',
    'sender domain',
    'domain of sender',
    'sender rejected',
    'sender denied',
    'sender refused',
    'sender verif',
    'verify sender',
    'verifying sender',
    'sender unknown',
    'unknown sender',
    'invalid sender',
    'bad sender',
    'sender is not',
    'sender does not exist',
    "sender doesn't exist",
    'envelope sender',
    'reverse-path',
    'return path',
    'in reply to mail from',
    'after mail from',
    'callback setup failed',
    'callback verification',
    'sender callout',
  ],
}

/**
 * In order: the first that matches wins. What accuses the sender stands before what accuses the recipient, because a wrong
 * "user unknown" blocks a good address for half a year and a missed one costs a bounce.
 */
export const textRules: readonly TextRule[] = [
  {
    id: 'too-many-recipients',
    kind: 'too-many-recipients',
    says: ['too many recipients', 'too many rcpt', 'recipient limit exceeded', 'maximum number of recipients'],
  },
  { id: 'greylisted', kind: 'greylisted', says: ['greylist', 'graylist', 'grey-list', 'gray-list', 'grey list'] },
  {
    id: 'blocked-by-recipient',
    kind: 'blocked-sender',
    says: [
      'rejected by recipient',
      'blocked by recipient',
      'blocked by the recipient',
      'recipient has blocked',
      'recipient blocked',
      'blacklisted by recipient',
      'blacklisted by the recipient',
      "recipient's blacklist",
      "recipient's blocked sender",
      "recipient's block list",
      'user has blocked',
      'refused by recipient',
      'recipient does not accept mail from you',
      'not accepting mail from you',
    ],
  },
  {
    id: 'netease-rate',
    kind: 'rate-limited',
    rateLimited: true,
    says: ['mi:dmc', 'mi:sfq', 'mi:stc', 'mi:cel', 'rp:trc', 'rp:cel', 'rp:qrc', 'hl:icc', 'hl:ifc', 'hl:mep'],
  },
  // Gmail, about one mailbox: the lane of all the others goes on.
  {
    id: 'recipient-rate',
    kind: 'rate-limited',
    says: ['receiving mail at a rate', 'receiving mail too quickly', 'recipient rate limit'],
  },
  {
    id: 'rate',
    kind: 'rate-limited',
    rateLimited: true,
    says: [
      'frequency limited',
      'rate limit',
      'ratelimit',
      'unusual rate',
      'too many messages',
      'too many connections',
      'too many concurrent',
      'too many emails',
      'too many sessions',
      'too much mail',
      'throttl',
      'sending limit',
      'connection limit',
      'temporarily deferred',
      'slow down',
      'user limited',
    ],
  },
  // Before authentication, which those who do not relay often recommend.
  {
    id: 'relay-denied',
    kind: 'relay-denied',
    says: [
      'relay access denied',
      'relaying denied',
      'unable to relay',
      'not permitted to relay',
      'relay not permitted',
      'user not local',
      'allowed rcpthosts',
    ],
  },
  {
    id: 'authentication',
    kind: 'authentication',
    says: [
      'dmarc',
      'dkim',
      ['spf', 'fail'],
      ['spf', 'not pass'],
      ['spf', 'reject'],
      'sender policy framework',
      'unauthenticated email',
      'does not meet the required authentication',
      'authentication required',
      'authentication failed',
      'reverse dns',
      'ptr record',
    ],
  },
  { id: 'netease-spam', kind: 'spam-content', spam: true, says: ['dt:spm', 'dt:sum', 'dt:src'] },
  {
    id: 'listed-host',
    kind: 'policy',
    spam: true,
    says: [
      'spamhaus',
      'barracuda',
      'spamcop',
      'dnsbl',
      'blacklist',
      'blocklist',
      'block list',
      'poor reputation',
      'low reputation',
      'ip reputation',
      'bad reputation',
      'hl:rep',
      'hl:ipb',
      '[bl',
      '[ph01]',
      's3140',
      's3150',
    ],
  },
  {
    id: 'spam',
    kind: 'spam-content',
    spam: true,
    says: [
      'spam',
      'surbl',
      'uribl',
      'unsolicited',
      'junk mail',
      'as junk',
      'content denied',
      'content rejected',
      'virus',
      'malicious',
      'phishing',
    ],
  },
  sender,
  // About us or our account with a relay, although it may be called disabled or unknown.
  {
    id: 'our-side',
    kind: 'policy',
    says: [
      'your account',
      'your domain',
      'your ip',
      'your host',
      'your server',
      'sending domain',
      'sending ip',
      'sending host',
      'sending account',
      'client host',
      'from header',
      'header from',
      'ptr ',
    ],
  },
  {
    id: 'greeting',
    kind: 'policy',
    says: ['bad helo', 'invalid helo', 'helo command rejected', 'helo name', 'ehlo name', 'helo rejected'],
  },
  {
    id: 'message-too-large',
    kind: 'message-too-large',
    says: [
      'message too large',
      'message is too large',
      'message too big',
      'message size exceed',
      'exceeds size limit',
      'maximum message size',
      'size limit exceeded',
      'exceeds fixed maximum',
    ],
  },
  {
    id: 'mailbox-full',
    kind: 'mailbox-full',
    says: [
      'mailbox full',
      'mailbox is full',
      'inbox is full',
      'inbox full',
      'over quota',
      'overquota',
      'quota exceeded',
      'exceeded storage',
      'exceeded its quota',
      'exceeds the quota',
      'out of storage',
      'insufficient mailbox',
      'mail quota',
      ['mailbox', 'overflow'],
      'postfach voll',
      'postfach ist voll',
      'mailbox voll',
    ],
  },
  {
    id: 'inactive',
    kind: 'inactive',
    says: [
      'account is inactive',
      'mailbox is inactive',
      'inactive user',
      'user inactive',
      'user is inactive',
      'account inactive',
      'mailbox inactive',
      'no longer in use',
    ],
  },
  {
    id: 'disabled',
    kind: 'disabled',
    says: [
      'account is disabled',
      'account disabled',
      'account has been disabled',
      'mailbox is disabled',
      'mailbox disabled',
      'user is disabled',
      'user disabled',
      'account suspended',
      'user suspended',
      'account has been suspended',
      'mailbox suspended',
      'account is locked',
      'user is locked',
    ],
  },
  {
    id: 'no-such-domain',
    kind: 'no-such-domain',
    says: [
      'nxdomain',
      'null mx',
      'no such domain',
      'domain not found',
      'domain does not exist',
      "domain doesn't exist",
      'unknown domain',
      'domain does not accept mail',
      'domain name not found',
      'does not receive mail',
    ],
  },
  // Exchange Online's directory-based edge blocking: the recipient is not in the directory.
  {
    id: 'outlook-directory',
    kind: 'no-such-user',
    says: ['as(201806281)', 'recipient address rejected: access denied'],
  },
  {
    id: 'no-such-user',
    kind: 'no-such-user',
    says: [
      'user unknown',
      'unknown user',
      'unknown recipient',
      'recipient unknown',
      'unknown mailbox',
      'unknown local',
      'no account here',
      'account is not here',
      'no such user',
      'no such recipient',
      'no such mailbox',
      'no such account',
      'no such address',
      'no mailbox here',
      'user not found',
      'recipient not found',
      'mailbox not found',
      'account not found',
      'address not found',
      'user does not exist',
      "user doesn't exist",
      'mailbox does not exist',
      "mailbox doesn't exist",
      'recipient does not exist',
      'recipient is not exist',
      'account does not exist',
      'address does not exist',
      "account doesn't exist",
      'tried to reach does not exist',
      "doesn't have a yahoo",
      'does not have a yahoo',
      'not a valid recipient',
      'not a valid mailbox',
      'not a known user',
      'invalid recipient',
      'invalid mailbox',
      'non-existent account',
    ],
  },
  {
    id: 'policy',
    kind: 'policy',
    says: [
      'policy',
      'not accepted',
      'access denied',
      'not allowed',
      'not authorized',
      'connection denied',
      'blocked',
      'prohibited',
    ],
  },
  {
    id: 'network',
    kind: 'network',
    says: ['timed out', 'timeout', 'connection refused', 'connection reset', 'network is unreachable'],
  },
]

/**
 * What rules are matched against: lower case, one line, without the status of each line, and without addresses and links, whose
 * words are not the server's (an address may be called `user-unknown@…`).
 */
export function comparableText(text: string): string {
  return text
    .slice(0, 2_000)
    .toLowerCase()
    .replaceAll('\u2019', "'")
    .split(/\s+/)
    .filter(
      (word) => word !== '' && !word.includes('@') && !word.includes('://') && !/^[245]\.\d{1,3}\.\d{1,3}$/.test(word),
    )
    .join(' ')
}

const matches = ({ says }: TextRule, comparable: string): boolean =>
  says.some((phrase) =>
    typeof phrase === 'string' ? comparable.includes(phrase) : phrase.every((part) => comparable.includes(part)),
  )

/** The first text rule that matches a `comparableText`; null when none does. */
export const ruleForText = (comparable: string): TextRule | null =>
  textRules.find((rule) => matches(rule, comparable)) ?? null

/** Whether a `comparableText` speaks of the sender, so that an unknown address in it need not be the recipient's. */
export const accusesSender = (comparable: string): boolean => matches(sender, comparable)
