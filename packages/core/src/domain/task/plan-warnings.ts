import type { Scenario } from '../dedicated-ip/index.js'

/** What large mailbox providers ask of bulk senders, as far as it is known of this task; null: what carries the mail decides, and cannot be looked into. */
export interface BulkSenderFacts {
  readonly spf: boolean | null
  readonly dkim: boolean | null
  readonly dmarc: boolean
  /** The header-from domain agrees with that of SPF or DKIM. */
  readonly aligned: boolean | null
  /** List-Unsubscribe and List-Unsubscribe-Post (RFC 8058). */
  readonly oneClickUnsubscribe: boolean
  readonly visibleUnsubscribe: boolean
  /** Complaints over delivered of the last days. */
  readonly complained: number
  readonly delivered: number
}

export type BulkSenderRule =
  | 'spf'
  | 'dkim'
  | 'dmarc'
  | 'alignment'
  | 'one-click-unsubscribe'
  | 'visible-unsubscribe'
  | 'complaint-rate'

export type PlanWarning =
  | { readonly type: 'invalid-rate'; readonly invalid: number; readonly of: number }
  | { readonly type: 'bulk-sender-rule'; readonly rule: BulkSenderRule }
  /** Whether the mail keeps them is not known here: a test mail shows it. */
  | { readonly type: 'bulk-sender-unknown'; readonly rules: readonly BulkSenderRule[] }
  /** The domain is for mail of another kind (DIP-4). */
  | { readonly type: 'scenario-mixed'; readonly scenario: Scenario; readonly domainScenario: Scenario }

/** Thousandths of invalid addresses from which the plan and the domain page warn (TSK-13). */
export const INVALID_WARNING_PER_MILLE = 30
/** Thousandths of complaints that bulk senders must stay below. */
export const COMPLAINT_WARNING_PER_MILLE = 3

/** True from 3 % on (TSK-13). */
export function warnsOfInvalid(invalid: number, of: number): boolean {
  return of > 0 && invalid * 1000 >= of * INVALID_WARNING_PER_MILLE
}

/** What the operator should know before this goes out (TSK-13). Advice: none of it stops the task. */
export function planWarnings(request: {
  readonly recipients: number
  readonly invalid: number
  readonly bulk: BulkSenderFacts
}): readonly PlanWarning[] {
  const { recipients, invalid, bulk } = request
  const complains = bulk.delivered > 0 && bulk.complained * 1000 >= bulk.delivered * COMPLAINT_WARNING_PER_MILLE
  const rules: readonly (readonly [BulkSenderRule, boolean | null])[] = [
    ['spf', bulk.spf],
    ['dkim', bulk.dkim],
    ['dmarc', bulk.dmarc],
    ['alignment', bulk.aligned],
    ['one-click-unsubscribe', bulk.oneClickUnsubscribe],
    ['visible-unsubscribe', bulk.visibleUnsubscribe],
    ['complaint-rate', !complains],
  ]
  const those = (kept: boolean | null) => rules.filter(([, is]) => is === kept).map(([rule]) => rule)
  const unknown = those(null)
  return [
    ...(warnsOfInvalid(invalid, recipients) ? [{ type: 'invalid-rate' as const, invalid, of: recipients }] : []),
    ...those(false).map((rule) => ({ type: 'bulk-sender-rule' as const, rule })),
    ...(unknown.length > 0 ? [{ type: 'bulk-sender-unknown' as const, rules: unknown }] : []),
  ]
}
