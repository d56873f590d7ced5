import type { BounceKind } from './bounce-class.js'

/** What an enhanced status says, whatever its class digit (RFC 3463, the IANA registry, and what large providers add). */
export interface EnhancedRule {
  /** `subject.detail`, or a range of details `subject.from-to`. */
  readonly status: string
  readonly kind: BounceKind
  /** Servers use it for many things: a text rule may know better. Otherwise the status alone decides. */
  readonly vague?: true
  /** On the list of BLK-1. */
  readonly invalid?: true
  readonly spam?: true
  readonly rateLimited?: true
}

export const enhancedRules: readonly EnhancedRule[] = [
  { status: '0.0', kind: 'other', vague: true },
  { status: '1.0', kind: 'other', vague: true },
  { status: '1.1', kind: 'no-such-user', invalid: true },
  { status: '1.2', kind: 'no-such-domain', invalid: true },
  { status: '1.3', kind: 'no-such-user', invalid: true },
  { status: '1.4', kind: 'other', vague: true },
  { status: '1.6', kind: 'no-such-user', invalid: true },
  // The sender's address is the bad one.
  { status: '1.7', kind: 'policy' },
  { status: '1.8', kind: 'policy' },
  { status: '1.9', kind: 'protocol' },
  // RFC 7505 null MX; Exchange says "recipient not found" with it.
  { status: '1.10', kind: 'no-such-domain', invalid: true },
  { status: '2.0', kind: 'other', vague: true },
  { status: '2.1', kind: 'disabled', invalid: true },
  { status: '2.2', kind: 'mailbox-full' },
  { status: '2.3', kind: 'message-too-large' },
  { status: '2.4', kind: 'other' },
  { status: '3.0', kind: 'other', vague: true },
  { status: '3.1', kind: 'other' },
  { status: '3.2', kind: 'other', vague: true },
  { status: '3.3', kind: 'protocol' },
  { status: '3.4', kind: 'message-too-large' },
  { status: '3.5', kind: 'network' },
  { status: '4.0', kind: 'network', vague: true },
  { status: '4.1', kind: 'network', vague: true },
  { status: '4.2', kind: 'network', vague: true },
  { status: '4.3', kind: 'network', vague: true },
  { status: '4.4', kind: 'network', vague: true },
  // Gmail: the daily sending limit of the relay's user.
  { status: '4.5', kind: 'rate-limited', rateLimited: true },
  { status: '4.6', kind: 'other' },
  { status: '4.7', kind: 'network', vague: true },
  // Exchange Online: the DNS domain does not exist.
  { status: '4.310', kind: 'no-such-domain', invalid: true },
  { status: '5.0', kind: 'protocol', vague: true },
  { status: '5.1', kind: 'protocol', vague: true },
  { status: '5.2', kind: 'protocol', vague: true },
  { status: '5.3', kind: 'too-many-recipients' },
  { status: '5.4', kind: 'protocol', vague: true },
  { status: '5.5', kind: 'protocol' },
  { status: '5.6', kind: 'protocol' },
  { status: '6.0-999', kind: 'protocol', vague: true },
  { status: '7.0', kind: 'policy', vague: true },
  { status: '7.1', kind: 'policy', vague: true },
  { status: '7.8', kind: 'authentication' },
  // RFC 4954 means SMTP AUTH by it, Yahoo any policy.
  { status: '7.9', kind: 'policy', vague: true },
  { status: '7.10-14', kind: 'authentication' },
  // RFC 7372: DKIM, SPF, reverse DNS, several of them; Gmail's own 27 to 32 (TLS, alignment) beside them.
  { status: '7.20-27', kind: 'authentication' },
  { status: '7.28', kind: 'rate-limited', rateLimited: true, spam: true },
  { status: '7.29-32', kind: 'authentication' },
  { status: '7.57', kind: 'authentication' },
  { status: '7.64', kind: 'relay-denied' },
  // Exchange Online and Outlook.com.
  { status: '7.501-503', kind: 'spam-content', spam: true },
  { status: '7.508', kind: 'rate-limited', rateLimited: true },
  { status: '7.509', kind: 'authentication' },
  { status: '7.511', kind: 'policy', spam: true },
  { status: '7.512', kind: 'protocol' },
  // Outlook.com since May 2025: SPF, DKIM and DMARC wanted of high-volume senders. Our fault, not the recipient's.
  { status: '7.515', kind: 'authentication' },
  { status: '7.606-649', kind: 'policy', spam: true },
  { status: '7.0-999', kind: 'policy', vague: true },
]

interface DetailRange {
  readonly subject: number
  readonly from: number
  readonly to: number
  readonly rule: EnhancedRule
}

const ranges: readonly DetailRange[] = enhancedRules.map((rule) => {
  const [subject = '', details = ''] = rule.status.split('.')
  const [from = details, to = from] = details.split('-')
  return { subject: Number(subject), from: Number(from), to: Number(to), rule }
})

/** The first rule for an enhanced status such as `5.1.1`; null when no rule names it. */
export function ruleForEnhanced(enhanced: string): EnhancedRule | null {
  const [, subject = '', detail = ''] = enhanced.split('.')
  const hit = ranges.find(
    (range) => range.subject === Number(subject) && range.from <= Number(detail) && Number(detail) <= range.to,
  )
  return hit?.rule ?? null
}
