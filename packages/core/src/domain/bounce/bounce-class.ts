/** Why a receiving server did not take a mail. */
export type BounceKind =
  | 'no-such-user'
  | 'no-such-domain'
  | 'disabled'
  | 'inactive'
  | 'mailbox-full'
  | 'message-too-large'
  | 'blocked-sender'
  | 'spam-content'
  | 'policy'
  | 'authentication'
  | 'rate-limited'
  | 'too-many-recipients'
  | 'greylisted'
  | 'relay-denied'
  | 'protocol'
  | 'network'
  | 'other'

/** What a refusal means for the recipient, the sender and the next attempt. */
export interface BounceClass {
  /** hard: a permanent refusal. soft: it passes by itself, whether or not we try again. 4yz is never hard (RFC 3463 §2). */
  readonly hardness: 'hard' | 'soft'
  readonly kind: BounceKind
  /** Worth another attempt of the same mail. */
  readonly temporary: boolean
  /** May enter the invalid-address list (BLK-1). */
  readonly invalid: boolean
  /** Counts as a spam bounce (TSK-9, TSK-10). */
  readonly spam: boolean
  /** This recipient, not the whole server, blocked the sender (BLK-3). */
  readonly recipientBlockedSender: boolean
  /** Asks for less mail from us to this provider: its lane pauses (TSK-12). */
  readonly rateLimited: boolean
  /** Id of the rule that decided. */
  readonly rule: string
}

/** Kinds that pass by themselves even when the server answers 5yz. */
export const softKinds: ReadonlySet<BounceKind> = new Set<BounceKind>([
  'mailbox-full',
  'message-too-large',
  'rate-limited',
  'too-many-recipients',
  'greylisted',
  'network',
])
