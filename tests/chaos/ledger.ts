/**
 * Judges what a mail service did from the outside: from what it promised, what arrived, and what it says of itself. It imports nothing, so
 * that no mistake of the product can hide in it. Words after Jepsen: lost, unexpected, duplicated, recovered.
 */

export type MailState = 'delivered' | 'bounced' | 'dropped' | 'failed' | 'cancelled' | 'expired'

/** One copy as the receiver took it, after its final dot. */
export interface Copy {
  readonly recipient: string
  readonly messageId: string
  /** The calendar day it came on, where a daily limit is judged. */
  readonly day?: string
}

/** The service's own figures, such as a task's or the statistics': how many recipients it says are in each state. */
export interface Tally {
  readonly source: string
  readonly counts: Readonly<Partial<Record<MailState, number>>>
}

export interface History {
  /** A: recipients the service has promised. Each stands for one mail, so the histories judged here use an address once. */
  readonly acknowledged: readonly string[]
  /** Recipients of calls that were never answered, nor repeated: they may have got a mail, and need not have. */
  readonly unanswered?: readonly string[]
  /** D: every copy, in any order. */
  readonly received: readonly Copy[]
  /** S: what the service says of each mail once it has nothing left to do. */
  readonly states: readonly { readonly recipient: string; readonly state: string }[]
  readonly tallies?: readonly Tally[]
  /** K: how often a process was killed. */
  readonly kills: number
  /** How many mails one kill may double (REL-3). */
  readonly perKill: number
  /** Answers cut off after the final dot: each may be repeated once (REL-2). */
  readonly cutOff?: number
  /** Most recipients that may get their first copy on one day (TSK-6). */
  readonly dailyLimit?: number
}

export interface Verdict {
  /** Promised, never arrived, and not accounted for by a final state that says why (A − D − failed(S)). */
  readonly lost: readonly string[]
  /** Arrived, and nobody had asked for it (D − attempted). */
  readonly unexpected: readonly string[]
  /** Arrived more than once. */
  readonly duplicated: readonly string[]
  /** Arrived although its call was never answered: allowed, worth knowing. */
  readonly recovered: readonly string[]
  /** Copies beyond the first of each recipient. */
  readonly extraCopies: number
  /** What `kills` allow of them. */
  readonly allowedCopies: number
  /** Copies of one mail that a receiver could not recognise as the same. */
  readonly otherMessageId: readonly string[]
  /** In no final state, or in none at all. */
  readonly unfinal: readonly string[]
  /** The service keeps more than one mail for them. */
  readonly doubleStates: readonly string[]
  /** Arrived, but the service says it did not. Only a mail that a kill cut off may end so. */
  readonly denied: readonly string[]
  /** Days on which more recipients got mail than the limit allows. */
  readonly overLimit: readonly string[]
  /** Empty: the history keeps every promise. */
  readonly problems: readonly string[]
}

const finalStates: readonly string[] = ['delivered', 'bounced', 'dropped', 'failed', 'cancelled', 'expired']

/** Judges one history. Problems are told by number and first examples, so that a failing test says what to look for. */
export function checkLedger(history: History): Verdict {
  const { kills, perKill, cutOff = 0, dailyLimit = Number.POSITIVE_INFINITY } = history
  const promised = new Set(history.acknowledged)
  const unanswered = new Set(history.unanswered ?? [])
  const copies = groupBy(history.received, ({ recipient }) => recipient)
  const states = groupBy(history.states, ({ recipient }) => recipient)
  const stateOf = (recipient: string) => states.get(recipient)?.[0]?.state ?? 'absent'

  const lost = [...promised].filter((one) => {
    const state = stateOf(one)
    return !copies.has(one) && (state === 'delivered' || !finalStates.includes(state))
  })
  const unexpected = [...copies.keys()].filter((one) => !promised.has(one) && !unanswered.has(one))
  const duplicated = [...copies].filter(([, list]) => list.length > 1).map(([recipient]) => recipient)
  const recovered = [...copies.keys()].filter((one) => unanswered.has(one) && !promised.has(one))
  const extraCopies = history.received.length - copies.size
  const allowedCopies = kills * perKill + cutOff
  const otherMessageId = [...copies].filter(([, list]) => new Set(list.map(({ messageId }) => messageId)).size > 1)
  const unfinal = [...new Set([...promised, ...states.keys()])].filter((one) => !finalStates.includes(stateOf(one)))
  const doubleStates = [...states].filter(([, list]) => list.length > 1).map(([recipient]) => recipient)
  const denied = [...copies.keys()].filter((one) => finalStates.includes(stateOf(one)) && stateOf(one) !== 'delivered')

  const firsts = groupBy([...copies.values()], ([first]) => first?.day ?? '')
  const overLimit = [...firsts].filter(([, list]) => list.length > dailyLimit).map(([day]) => day)

  const found = {
    lost,
    unexpected,
    duplicated,
    recovered,
    extraCopies,
    allowedCopies,
    unfinal,
    doubleStates,
    denied,
    overLimit,
  }
  const verdict = { ...found, otherMessageId: otherMessageId.map(([recipient]) => recipient) }
  const problems = [
    ...told('repeated among the acknowledged: this checker needs one mail per address', repeats(history.acknowledged)),
    ...told('lost', lost),
    ...told('unexpected', unexpected),
    ...(extraCopies > allowedCopies
      ? told(`more copies than ${kills} × ${perKill} + ${cutOff} allowed`, duplicated)
      : []),
    ...told('copies with another Message-ID', verdict.otherMessageId),
    ...told('in no final state', unfinal),
    ...told('more than one mail kept for one promise', doubleStates),
    ...(denied.length > allowedCopies ? told('arrived, but the service denies it', denied) : []),
    ...told(`more than ${dailyLimit} recipients a day`, overLimit),
    ...(history.tallies ?? []).flatMap((tally) => wrongCounts(tally, history.states)),
  ]
  return { ...verdict, problems }
}

function wrongCounts({ source, counts }: Tally, states: History['states']): readonly string[] {
  return Object.entries(counts).flatMap(([state, claimed]) => {
    const counted = states.filter((one) => one.state === state).length
    return claimed === counted ? [] : [`${source} says ${claimed} ${state}, the ledger counts ${counted}`]
  })
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const repeats = (list: readonly string[]): readonly string[] =>
  list.filter((item, index) => list.indexOf(item) !== index)

const EXAMPLES = 3

const told = (what: string, who: readonly string[]): readonly string[] =>
  who.length === 0 ? [] : [`${what}: ${who.length} (${who.slice(0, EXAMPLES).join(', ')})`]
