/**
 * What is known of one message, as a set of bits that only grows (OR). Bit n counts in counter n of `COUNTERS` of the storage port,
 * so the order here is part of the stored format.
 */
export const Fact = {
  /** Stored by us (REL-1). */
  accepted: 1,
  /** Given to a receiving server at least once, whatever it said. */
  handedOver: 2,
  deferred: 4,
  delivered: 8,
  bouncedHard: 16,
  bouncedSoft: 32,
  /** Refused by a gate after acceptance, or by a provider before it sent anything. */
  dropped: 64,
  failed: 128,
  cancelled: 256,
  expired: 512,
  /** Cut off after the final dot: it may have arrived (REL-2). */
  unknown: 1024,
  /** The bounce says that the address is bad (BLK-1). */
  invalid: 2048,
  spamBounced: 4096,
  opened: 8192,
  humanOpened: 16384,
  clicked: 32768,
  unsubscribed: 65536,
  complained: 131072,
  /** A failed row taken up again on request (`tasks.retryFailed`, TSK-10); it takes the word back from `failed`. */
  requeued: 262144,
} as const

export type FactName = keyof typeof Fact

export type MessageState =
  | 'accepted'
  | 'deferred'
  | 'unknown'
  | 'delivered'
  | 'bounced'
  | 'dropped'
  | 'failed'
  | 'cancelled'
  | 'expired'

/**
 * Which fact names the state: the first one present. What the receiving side says beats what we decided, because a decision can
 * be taken while the answer is still on its way, and both are then true.
 *
 * Opens, clicks and complaints name no state: content scanners fetch pixels and links during DATA, before a refusal or a deferral.
 */
export const statePrecedence: readonly {
  readonly fact: FactName
  readonly state: MessageState
  readonly because: string
}[] = [
  {
    fact: 'bouncedHard',
    state: 'bounced',
    because: 'a gateway may take a mail (250) and return it later; never the other way round',
  },
  { fact: 'bouncedSoft', state: 'bounced', because: 'the same, or given up: nobody will try again' },
  {
    fact: 'delivered',
    state: 'delivered',
    because: 'proof of arrival outlives every doubt and every decision of ours',
  },
  { fact: 'dropped', state: 'dropped', because: 'a refusal names its reason; it also ends a mail that was deferred' },
  {
    fact: 'failed',
    state: 'failed',
    because: 'our fault, with a reason; says more than that it was cancelled or ran out of time',
  },
  { fact: 'cancelled', state: 'cancelled', because: 'somebody wanted it so; time running out afterwards is no news' },
  { fact: 'expired', state: 'expired', because: 'its time is over, no attempt follows' },
  {
    fact: 'unknown',
    state: 'unknown',
    because: 'it may have arrived; a deferral of the repetition does not take that back',
  },
  { fact: 'deferred', state: 'deferred', because: 'tried, and to be tried again' },
  { fact: 'accepted', state: 'accepted', because: 'nothing has happened yet' },
]

/** The state of a message: a function of its bits alone, so any order and any repetition of events give one state (STA-2). */
export function stateOf(facts: number): MessageState {
  const counting = (facts & Fact.requeued) === 0 ? facts : facts & ~Fact.failed
  return statePrecedence.find((row) => (counting & Fact[row.fact]) !== 0)?.state ?? 'accepted'
}

/** The bit by which we give a message up: bits do not fail twice, so one that was requeued is dropped. */
export function failureFact(facts: number): number {
  return (facts & Fact.requeued) === 0 ? Fact.failed : Fact.dropped
}

const openStates: ReadonlySet<MessageState> = new Set<MessageState>(['accepted', 'deferred', 'unknown'])

/** True when no further attempt is made (REL-1). A late event may still turn one final state into another. */
export function isFinal(state: MessageState): boolean {
  return !openStates.has(state)
}
