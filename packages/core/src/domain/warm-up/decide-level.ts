import { FIRST_LEVEL, TOP_LEVEL } from './levels.js'
import { type DayFacts, isAbove, isBelow, type Rate, rates, reaches } from './rates.js'

/** Rates in thousandths. "Below" and "above" are strict, "least" includes the figure. */
export interface LevelPolicy {
  readonly raise: {
    readonly usedLeast: number
    readonly settledLeast: number
    readonly clean: {
      readonly invalidBelow: number
      readonly deliveredAbove: number
      readonly spamBouncedBelow: number
      readonly complainedBelow: number
    }
    readonly engaged: {
      readonly deliveredAbove: number
      readonly complainedBelow: number
      readonly openedAbove: number
    }
  }
  readonly lower: {
    /** In mails. */
    readonly settledAbove: number
    readonly invalidAbove: number
    readonly deliveredBelow: number
    readonly spamBouncedAbove: number
    readonly complainedAbove: number
  }
  readonly block: {
    /** In mails. */
    readonly settledAbove: number
    readonly invalidAbove: number
    readonly spamBouncedAbove: number
  }
}

/** The figures of TSK-8, TSK-9 and TSK-10. */
export const LEVEL_POLICY: LevelPolicy = {
  raise: {
    usedLeast: 700,
    settledLeast: 900,
    clean: { invalidBelow: 50, deliveredAbove: 920, spamBouncedBelow: 25, complainedBelow: 1 },
    engaged: { deliveredAbove: 900, complainedBelow: 1, openedAbove: 500 },
  },
  lower: { settledAbove: 300, invalidAbove: 90, deliveredBelow: 650, spamBouncedAbove: 50, complainedAbove: 5 },
  block: { settledAbove: 300, invalidAbove: 110, spamBouncedAbove: 150 },
}

export type RaiseMode = 'one-per-day' | 'unbounded'

export type LevelDecision =
  | { readonly type: 'stay' }
  /** At once. */
  | { readonly type: 'raise'; readonly to: number }
  /** From the next day on. At level 1 `to` is 1 again: it still beats a raise. */
  | { readonly type: 'lower'; readonly to: number }
  /** For the rest of the day; `to` is the level of the next day. */
  | { readonly type: 'block'; readonly to: number }

/**
 * What the day so far says about the level. Block beats lower beats raise. One decision moves one level; in the mode
 * `unbounded` the next raise is earned against the next limit.
 */
export function decideLevel(request: {
  readonly level: number
  readonly raisedToday: boolean
  readonly facts: DayFacts
  readonly raise: RaiseMode
  /** The highest level to raise to: 20, or the operator's grant. */
  readonly highest?: number
  readonly policy?: LevelPolicy
}): LevelDecision {
  const { level, raisedToday, facts, raise, highest = TOP_LEVEL, policy = LEVEL_POLICY } = request
  const lowers = mustLower(facts, policy.lower)
  const below = Math.max(FIRST_LEVEL, level - 1)
  if (mustBlock(facts, policy.block)) return { type: 'block', to: lowers ? below : level }
  if (lowers) return { type: 'lower', to: below }
  const mayRaise = level < highest && (raise === 'unbounded' || !raisedToday)
  return mayRaise && hasEarnedRaise(facts, policy.raise) ? { type: 'raise', to: level + 1 } : { type: 'stay' }
}

function mustBlock(facts: DayFacts, policy: LevelPolicy['block']): boolean {
  const { invalid, spamBounced } = rates(facts)
  return (
    facts.settled > policy.settledAbove &&
    (isAbove(invalid, policy.invalidAbove) || isAbove(spamBounced, policy.spamBouncedAbove))
  )
}

function mustLower(facts: DayFacts, policy: LevelPolicy['lower']): boolean {
  const { invalid, delivered, spamBounced, complained } = rates(facts)
  return (
    facts.settled > policy.settledAbove &&
    (isAbove(invalid, policy.invalidAbove) ||
      isBelow(delivered, policy.deliveredBelow) ||
      isAbove(spamBounced, policy.spamBouncedAbove) ||
      isAbove(complained, policy.complainedAbove))
  )
}

function hasEarnedRaise(facts: DayFacts, policy: LevelPolicy['raise']): boolean {
  const used: Rate = { count: facts.handedOver, of: facts.limit }
  const known: Rate = { count: facts.settled, of: facts.handedOver }
  if (!reaches(used, policy.usedLeast) || !reaches(known, policy.settledLeast)) return false
  const { invalid, delivered, spamBounced, complained, opened } = rates(facts)
  const { clean, engaged } = policy
  return (
    (isBelow(invalid, clean.invalidBelow) &&
      isAbove(delivered, clean.deliveredAbove) &&
      isBelow(spamBounced, clean.spamBouncedBelow) &&
      isBelow(complained, clean.complainedBelow)) ||
    (isAbove(delivered, engaged.deliveredAbove) &&
      isBelow(complained, engaged.complainedBelow) &&
      isAbove(opened, engaged.openedAbove))
  )
}
