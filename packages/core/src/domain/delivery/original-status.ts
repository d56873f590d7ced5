import type { Code } from '../../errors/codes.js'
import type { MessageState } from './facts.js'

/** The numbers that the original service shows for a mail: whether the platform took it, and what became of it (DLV-2). */
export interface OriginalStatus {
  readonly sendStatus: number
  readonly deliverStatus: number
}

/** DeliverStatus: 0 accepted and queued, 1 delivered, 2 dropped, 3 rejected by the receiver, 8 put off by it. */
const deliverStatus: Readonly<Record<MessageState, number>> = {
  accepted: 0,
  unknown: 8,
  deferred: 8,
  delivered: 1,
  bounced: 3,
  dropped: 2,
  failed: 2,
  cancelled: 2,
  expired: 2,
}

/** SendStatus by the code that ended a mail. The original knows no cancelled mail: that, and any code not here, is its 1001. */
const sendStatus: { readonly [C in Code]?: number } = {
  EXPIRED: 1004,
  FREQUENCY_LIMIT: 1006,
  CUSTOM_BLOCKED: 1007,
  INVALID_ADDRESS_BLOCKED: 1007,
  DAILY_LIMIT: 1010,
  RECIPIENT_REJECTED: 1013,
  TEMPLATE_NOT_APPROVED: 3007,
  VARIABLES_MISMATCH: 3010,
  VARIABLES_TOO_LONG: 3010,
  VALUE_INVALID: 3010,
  UNSAFE_URL: 3010,
  DOMAIN_NOT_VERIFIED: 3014,
  DOMAIN_LOST: 3014,
  ADDRESS_INVALID: 3024,
  DOMAIN_BLOCKED_TODAY: 3030,
}

const OK = 0
const INTERNAL = 1001
const ended: ReadonlySet<MessageState> = new Set<MessageState>(['dropped', 'failed', 'cancelled', 'expired'])

/** `reason`: the last reply or the code of the refusal. */
export function originalStatus(state: MessageState, reason: string): OriginalStatus {
  const ours = ended.has(state)
  const code = Object.hasOwn(sendStatus, reason) ? sendStatus[reason as Code] : undefined
  return { sendStatus: ours ? (code ?? INTERNAL) : OK, deliverStatus: deliverStatus[state] }
}
