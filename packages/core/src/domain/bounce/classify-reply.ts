import type { Reply } from '../../ports/transport.js'
import { type BounceClass, type BounceKind, softKinds } from './bounce-class.js'
import { ruleForEnhanced } from './enhanced-rules.js'
import { accusesSender, comparableText, ruleForText } from './text-rules.js'

type Finding = Pick<BounceClass, 'rule' | 'kind' | 'invalid' | 'spam' | 'rateLimited'>
type Flags = { readonly [K in 'invalid' | 'spam' | 'rateLimited']?: boolean }

const finding = (rule: string, kind: BounceKind, flags: Flags = {}): Finding => ({
  rule,
  kind,
  invalid: flags.invalid ?? false,
  spam: flags.spam ?? false,
  rateLimited: flags.rateLimited ?? false,
})

/** Kinds which say that the address, not the mail or the sender, is the trouble (BLK-1). */
const addressKinds: ReadonlySet<BounceKind> = new Set<BounceKind>([
  'no-such-user',
  'no-such-domain',
  'disabled',
  'inactive',
])

/** Well-known answers whose status, taken alone, says something else. Looked at before the status. */
const exceptions: readonly { id: string; enhanced: string; says: string; kind: BounceKind; flags?: Flags }[] = [
  // RFC 7505's null MX; Exchange Online's recipient that is not in the directory.
  { id: 'exchange-not-found', enhanced: '1.10', says: 'not found', kind: 'no-such-user', flags: { invalid: true } },
  // Gmail uses 5.2.1 for "is receiving mail at a rate that …" and for "is inactive" as well as for disabled accounts.
  { id: 'gmail-recipient-rate', enhanced: '2.1', says: 'receiving mail', kind: 'rate-limited' },
  { id: 'gmail-inactive', enhanced: '2.1', says: 'inactive', kind: 'inactive', flags: { invalid: true } },
  // AOL's old way to refuse a sending host.
  { id: 'aol-refused-host', enhanced: '2.1', says: 'will not accept delivery', kind: 'policy', flags: { spam: true } },
  // Outlook.com's user unknown (S2017062302). Without 5.5.0 the phrase is RFC 5321's for any 550, and proves nothing.
  {
    id: 'outlook-unavailable',
    enhanced: '5.0',
    says: 'mailbox unavailable',
    kind: 'no-such-user',
    flags: { invalid: true },
  },
]

/** What a bare code says when neither status nor text does (RFC 5321 §4.2.3, RFC 7504, RFC 7505). */
const codeRules: ReadonlyMap<number, Finding> = new Map([
  [421, finding('code-421', 'rate-limited')],
  [500, finding('code-500', 'protocol')],
  [501, finding('code-501', 'protocol')],
  [502, finding('code-502', 'protocol')],
  [503, finding('code-503', 'protocol')],
  [504, finding('code-504', 'protocol')],
  [530, finding('code-530', 'authentication')],
  [534, finding('code-534', 'authentication')],
  [535, finding('code-535', 'authentication')],
  [538, finding('code-538', 'authentication')],
  [552, finding('code-552', 'mailbox-full')],
  [556, finding('code-556', 'no-such-domain', { invalid: true })],
])

/** Kinds that speak of a recipient, so that a refusal of the sender cannot mean them. */
const recipientKinds: ReadonlySet<BounceKind> = new Set<BounceKind>([...addressKinds, 'mailbox-full', 'blocked-sender'])

/** What a refusal of the sender means, before any recipient was named (at MAIL): whatever its words, nothing about the recipient. */
export function classifySenderRefusal(reply: Reply): BounceClass {
  const found = classifyReply(reply)
  if (!recipientKinds.has(found.kind)) return found
  return {
    ...found,
    kind: 'policy',
    hardness: found.temporary ? 'soft' : 'hard',
    invalid: false,
    recipientBlockedSender: false,
  }
}

/**
 * Says what a refusal means: enhanced status first, text second, bare code last (DLV-5). Pure and linear in the reply's length.
 * The flags hold whatever rule decided: `invalid` never on 4yz, 5.2.2 and 5.7.x (BLK-1), `temporary` for every 4yz.
 */
export function classifyReply(reply: Reply): BounceClass {
  const isFourYz = Math.floor(reply.code / 100) === 4
  const isRateStatus = reply.code >= 450 && reply.code <= 459 && (reply.enhanced?.startsWith('4.7.') ?? false)
  const found = findRule(reply)
  // TSK-12. Greylisting asks one pair to come back; pausing the provider for it would send one mail per ten minutes.
  const rateLimited = reply.code === 421 || found.rateLimited || (isRateStatus && found.kind !== 'greylisted')
  const kind = rateLimited && (found.kind === 'policy' || found.kind === 'other') ? 'rate-limited' : found.kind
  const temporary =
    isFourYz ||
    rateLimited ||
    // RFC 5321 §4.5.3.1.10: a 552 for too many recipients is to be taken as a 452.
    ['too-many-recipients', 'greylisted', 'rate-limited'].includes(kind) ||
    // Not an SMTP answer at all, and nothing in it says that the address is bad.
    (reply.code === 0 && !found.invalid)
  return {
    hardness: temporary || softKinds.has(kind) ? 'soft' : 'hard',
    kind,
    temporary,
    invalid: found.invalid && !temporary && mayBeInvalid(reply),
    spam: found.spam,
    recipientBlockedSender: kind === 'blocked-sender' && !isFourYz,
    rateLimited,
    rule: found.rule,
  }
}

function findRule(reply: Reply): Finding {
  const text = comparableText(reply.text)
  const stated = reply.enhanced
  // A server that asks back about the sender repeats what it was told: that address is unknown, not the recipient's.
  const aboutSender = stated !== null && ruleForEnhanced(stated)?.invalid === true && accusesSender(text)
  const status = aboutSender ? null : stated
  if (status !== null) {
    const exception = exceptions.find((entry) => status.endsWith(`.${entry.enhanced}`) && text.includes(entry.says))
    if (exception !== undefined) return finding(exception.id, exception.kind, exception.flags)
  }
  const byStatus = status === null ? null : ruleForEnhanced(status)
  if (byStatus !== null && byStatus.vague !== true) {
    return finding(`status-${byStatus.status}`, byStatus.kind, byStatus)
  }
  const byText = ruleForText(text)
  if (byText !== null) {
    return finding(`text-${byText.id}`, byText.kind, {
      ...byText,
      invalid: addressKinds.has(byText.kind),
    })
  }
  const byCode = codeRules.get(reply.code)
  if (byStatus !== null && byCode?.invalid !== true) return finding(`status-${byStatus.status}`, byStatus.kind)
  return byCode ?? finding('none', 'other')
}

/** A status of another class than the code, or one about policy, is no proof against an address. 5.2.2 decides by its own row. */
function mayBeInvalid(reply: Reply): boolean {
  const status = reply.enhanced
  return status === null || (status.startsWith('5.') && !status.startsWith('5.7.'))
}
